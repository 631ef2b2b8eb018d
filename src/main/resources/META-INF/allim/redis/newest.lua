-- The newest of topics and keys: of some that are named, or all of them step by step.
-- ARGV: epoch, cursor, "latest" | "alt" | "named", then names
if meta.epoch ~= ARGV[1] then return other_log() end
local cursor, names, flat = '0', {}, {}
if ARGV[3] == 'named' then
  for i = 4, #ARGV do names[#names + 1] = ARGV[i] end
elseif ARGV[3] == 'alt' then
  cursor, names = unpack(redis.call('SSCAN', ALT, ARGV[2], 'COUNT', 500))
else
  local found
  cursor, found = unpack(redis.call('ZSCAN', LATEST, ARGV[2], 'COUNT', 500))
  for i = 1, #found, 2 do
    flat[#flat + 1] = found[i]
    flat[#flat + 1] = text(tonumber(found[i + 1]))
  end
end
for _, name in ipairs(names) do
  flat[#flat + 1] = name
  flat[#flat + 1] = text(tonumber(redis.call('ZSCORE', LATEST, name) or '0'))
end
return {cursor, flat}
