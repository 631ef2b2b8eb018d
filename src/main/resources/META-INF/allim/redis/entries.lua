-- Entries by their positions, as far as they are kept; of those that are not, where their topic and
-- key goes on. ARGV: epoch, positions
if meta.epoch ~= ARGV[1] then return other_log() end
local all = {}
for i = 2, #ARGV do
  local position = tonumber(ARGV[i])
  local entry = redis.call('XRANGE', LOG, at(position), at(position))[1]
  all[#all + 1] = entry and stamped(entry) or {text(position), {}, text(link(position))}
end
return all
