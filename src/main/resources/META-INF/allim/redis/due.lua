-- Moves what is due into the log, in the order of its times.
-- ARGV: epoch, due up to, now, plausible, most, most bytes
if meta.epoch ~= ARGV[1] then return other_log() end
local now, left = tonumber(ARGV[3]), tonumber(ARGV[6])
settle(now, ARGV[4])
local moved = 0
for _, member in ipairs(redis.call('ZRANGEBYSCORE', DUE, '-inf', ARGV[2], 'LIMIT', 0, tonumber(ARGV[5]))) do
  local id = string.sub(member, 17)
  local one = cmsgpack.unpack(redis.call('HGET', WAITING, id))
  redis.call('ZREM', DUE, member)
  redis.call('HDEL', WAITING, id)
  meta.delayed = meta.delayed - one.room
  left = left - one.room
  append(one.fields, fields(one.fields), now)
  moved = moved + 1
  if left <= 0 then break end
end
save()
return {standing(), moved}
