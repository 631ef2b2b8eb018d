-- Lets go what is not to be kept, some of it. ARGV: epoch, now, plausible, published before, most count,
-- most bytes, most at once; -1 is no limit
if meta.epoch ~= ARGV[1] then return other_log() end
local now, before, most_count, most_bytes, left = tonumber(ARGV[2]), tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local ahead = settle(now, ARGV[3])
for _, key in ipairs(redis.call('ZRANGEBYSCORE', USEDX, '-inf', text(now), 'LIMIT', 0, left)) do
  local packed = redis.call('HGET', USED, key)
  if packed then meta.keys = meta.keys - cmsgpack.unpack(packed).room end
  redis.call('HDEL', USED, key)
  redis.call('ZREM', USEDX, key)
  left = left - 1
end
if left > 0 then
  for _, position in ipairs(redis.call('ZRANGEBYSCORE', EXPIRES, '-inf', text(now), 'LIMIT', 0, left)) do
    local entry = redis.call('XRANGE', LOG, position .. '-0', position .. '-0')[1]
    if entry then remove(entry, now) else redis.call('ZREM', EXPIRES, position) end
    left = left - 1
  end
end
while left > 0 do
  local entry = redis.call('XRANGE', LOG, '-', '+', 'COUNT', 1)[1]
  local over = entry and ((most_count >= 0 and meta.count > most_count) or (most_bytes >= 0 and meta.bytes > most_bytes)
    or (before >= 0 and published(place(entry[1]), fields(entry[2]).a) < before))
  if not over then
    local oldest = entry and place(entry[1]) or meta.head + 1
    redis.call('ZREMRANGEBYSCORE', LINKS, '-inf', text(oldest))
    local line = redis.call('LINDEX', SETTLED, 0)
    while line and tonumber(string.match(line, '^(%d+)')) < oldest do
      redis.call('LPOP', SETTLED)
      line = redis.call('LINDEX', SETTLED, 0)
    end
    break
  end
  remove(entry, now)
  left = left - 1
end
fold()
save()
return {standing(), left > 0 and 0 or 1, ahead and 1 or 0}
