-- Keeps a note, if its board has room, and tells everybody.
-- ARGV: epoch, board, name, value, until, now, most
if meta.epoch ~= ARGV[1] then return other_log() end
local board, name = ARGV[2], ARGV[3]
local notes, ends = BASE .. 'notes:' .. board, BASE .. 'notesx:' .. board
for _, over in ipairs(redis.call('ZRANGEBYSCORE', ends, '-inf', ARGV[6], 'LIMIT', 0, 256)) do
  redis.call('HDEL', notes, over)
  redis.call('ZREM', ends, over)
end
local kept = 0
if redis.call('ZSCORE', ends, name) or redis.call('ZCOUNT', ends, '(' .. ARGV[6], '+inf') < tonumber(ARGV[7]) then
  redis.call('HSET', notes, name, ARGV[4])
  redis.call('ZADD', ends, ARGV[5], name)
  tell('n', 'noted', 'b', board)
  save()
  kept = 1
end
return {standing(), kept}
