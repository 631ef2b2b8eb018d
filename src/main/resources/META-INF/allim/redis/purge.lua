-- Deletes what has this canonical topic, in one stretch; the last tells everybody.
-- ARGV: epoch, topic, after, up to, now, most to look at
if meta.epoch ~= ARGV[1] then return other_log() end
local topic, reached, upto, now = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local looks, purged, step = tonumber(ARGV[6]), 0, 16
while reached < upto and looks > 0 do
  local chunk = redis.call('XRANGE', LOG, '(' .. at(reached), at(upto), 'COUNT', step)
  local size = 0
  for _, entry in ipairs(chunk) do
    reached = place(entry[1])
    size = size + weight(entry[2])
    if string.match(fields(entry[2]).t, '^[^\n]*') == topic then
      remove(entry, now)
      purged = purged + 1
    end
  end
  looks = looks - #chunk
  if #chunk < step then reached = upto end
  if size < 65536 and step < 256 then step = step * 2 elseif size > 1048576 then break end
end
if reached >= upto then
  fold()
  tell('n', 'purged', 't', topic, 'u', text(upto))
end
save()
return {standing(), text(reached), purged, text(meta.news)}
