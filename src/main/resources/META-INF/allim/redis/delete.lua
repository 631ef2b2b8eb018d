-- Deletes entries by their positions, as far as they are kept, and tells everybody.
-- ARGV: epoch, now, positions
if meta.epoch ~= ARGV[1] then return other_log() end
local now, deleted = tonumber(ARGV[2]), 0
for i = 3, #ARGV do
  local position = at(tonumber(ARGV[i]))
  local entry = redis.call('XRANGE', LOG, position, position)[1]
  if entry then
    remove(entry, now)
    deleted = deleted + 1
  end
end
fold()
tell('n', 'deleted', 'p', table.concat(ARGV, ' ', 3))
save()
return {standing(), deleted, text(meta.news)}
