-- What the scripts share. KEYS[1] is the stream, "{name}:log"; all other keys stand beside it under
-- the same hash tag, so that a cluster keeps them on one node. Positions are the milliseconds part of
-- the ids of the stream's entries: "42-0" stands at position 42.
local LOG = KEYS[1]
local BASE = string.sub(LOG, 1, -4)
local META, NEWS, IDS = BASE .. 'meta', BASE .. 'news', BASE .. 'ids'
local DOUBT, LATEST, ALT, LINKS = BASE .. 'doubt', BASE .. 'latest', BASE .. 'alt', BASE .. 'links'
local EXPIRES, MARKS, MARKTIMES = BASE .. 'expires', BASE .. 'marks', BASE .. 'marktimes'
local SETTLED, WAITING, DUE = BASE .. 'settled', BASE .. 'waiting', BASE .. 'due'
local USED, USEDX, EPOCHS = BASE .. 'keys', BASE .. 'keysx', BASE .. 'epochs'
local MOST_MARKS = 10000
local OVERHEAD = 256 -- of an entry and its places in the indexes, about

local function text(number) return string.format('%.0f', number) end
local function at(position) return text(position) .. '-0' end
local function place(id) return tonumber(string.match(id, '^(%d+)')) end

-- What all of them read and some of them change; written back at once, by save().
local meta = {}
local NAMES = {'epoch', 'head', 'last', 'count', 'bytes', 'delayed', 'keys', 'marks', 'doubts', 'due', 'any', 'anytime', 'news', 'gone', 'turn'}
do
  local values = redis.call('HMGET', META, unpack(NAMES))
  for i, name in ipairs(NAMES) do
    if i == 1 then meta[name] = values[i] else meta[name] = tonumber(values[i] or '0') end
  end
end
local function next_due() -- of what waits for its time; empty if nothing does
  local due = redis.call('ZRANGE', DUE, 0, 0, 'WITHSCORES')
  return due[2] and text(tonumber(due[2])) or ''
end
local function save()
  meta.turn = meta.turn + 1
  local flat = {}
  for i = 2, #NAMES do
    flat[#flat + 1] = NAMES[i]
    flat[#flat + 1] = text(meta[NAMES[i]])
  end
  flat[#flat + 1] = 'nextdue'
  flat[#flat + 1] = next_due()
  redis.call('HSET', META, unpack(flat))
end

local function fields(flat)
  local map = {}
  for i = 1, #flat, 2 do map[flat[i]] = flat[i + 1] end
  return map
end
local function weight(flat)
  local sum = OVERHEAD
  for i = 1, #flat do sum = sum + #flat[i] end
  return sum
end
local function series(map)
  return string.match(map.t, '^[^\n]*') .. '\n' .. (map.k and '=' .. map.k or '')
end

-- A clock that was ahead: what is stamped later than now, up to the head of then, counts as of then.
local settled
local function published(position, stamp)
  if not settled then
    settled = {}
    for _, line in ipairs(redis.call('LRANGE', SETTLED, 0, -1)) do
      local upto, time = string.match(line, '^(%d+):(%-?%d+)$')
      settled[#settled + 1] = {tonumber(upto), tonumber(time)}
    end
  end
  local time = tonumber(stamp)
  for _, one in ipairs(settled) do
    if position <= one[1] and time > one[2] then time = one[2] end
  end
  return time
end
local function settle(now, plausible)
  if plausible ~= '1' or meta.last <= now + 60000 then return false end
  redis.call('RPUSH', SETTLED, text(meta.head) .. ':' .. text(now))
  settled = nil
  local times = redis.call('HGETALL', MARKTIMES)
  for i = 1, #times, 2 do
    if tonumber(times[i + 1]) > now then redis.call('HSET', MARKTIMES, times[i], text(now)) end
  end
  if meta.anytime > now then meta.anytime = now end
  meta.marks = meta.marks + 1
  meta.last = now
  return true
end

-- Which given ids have left: Bloom filters, each four times the size of the one before, at ten bits
-- an id; the last takes what comes. An id's seven traces come from its SHA-1.
local GENERATIONS, FIRST_BITS, TRACES = 6, 65536, 7
local function traces(id)
  local hash = redis.sha1hex(id)
  return tonumber(string.sub(hash, 1, 8), 16), tonumber(string.sub(hash, 9, 16), 16)
end
local function generation() -- the one that is being filled
  local n, bits, before = 0, FIRST_BITS, 0
  while n < GENERATIONS - 1 and meta.gone - before >= bits / 10 do
    before = before + math.floor(bits / 10) + 1
    bits = bits * 4
    n = n + 1
  end
  return n
end
local function has_gone(id)
  if meta.gone == 0 then return false end
  local one, two = traces(id)
  local bits = FIRST_BITS
  for n = 0, generation() do
    local all = true
    for i = 0, TRACES - 1 do
      if redis.call('GETBIT', BASE .. 'gone' .. n, (one + i * two) % bits) == 0 then
        all = false
        break
      end
    end
    if all then return true end
    bits = bits * 4
  end
  return false
end
local function goes(id)
  local one, two = traces(id)
  local n = generation()
  local bits = FIRST_BITS * 4 ^ n
  for i = 0, TRACES - 1 do
    redis.call('SETBIT', BASE .. 'gone' .. n, text((one + i * two) % bits), 1)
  end
  meta.gone = meta.gone + 1
end
local function is_own(id) return #id == 45 and string.sub(id, 1, 9) == 'urn:uuid:' and string.sub(id, 24, 24) == '8' end

-- Of each topic up to where something is gone; of the oldest of too many only that something is.
-- Of what was private one mark, of all its topics behind a line end, which no topic has.
local function mark(topics, private, position, time)
  local each = private and '.+' or '[^\n]+'
  for topic in string.gmatch(private and '\n' .. topics or topics, each) do
    local known = redis.call('ZSCORE', MARKS, topic)
    if not known or tonumber(known) < position then
      redis.call('ZADD', MARKS, text(position), topic)
      redis.call('HSET', MARKTIMES, topic, text(time))
    end
  end
  meta.marks = meta.marks + 1
end
local function fold()
  if redis.call('ZCARD', MARKS) <= MOST_MARKS then return end
  local oldest = redis.call('ZRANGE', MARKS, 0, MOST_MARKS / 2 - 1, 'WITHSCORES')
  for i = 1, #oldest, 2 do
    local position = tonumber(oldest[i + 1])
    local time = tonumber(redis.call('HGET', MARKTIMES, oldest[i]) or '0')
    if position > meta.any then meta.any = position end
    if time > meta.anytime then meta.anytime = time end
    redis.call('HDEL', MARKTIMES, oldest[i])
  end
  redis.call('ZREMRANGEBYRANK', MARKS, 0, MOST_MARKS / 2 - 1)
end

-- One entry goes, with all that other keys know of it. Where it was the newest of its topic and key,
-- what stood before it becomes that; where it stood in between, its link stays.
local function link(position)
  local found = redis.call('ZRANGEBYSCORE', LINKS, text(position), text(position))
  return found[1] and tonumber(string.match(found[1], ':(%d+)$')) or 0
end
local function remove(entry, now)
  local flat, position = entry[2], place(entry[1])
  local map = fields(flat)
  redis.call('XDEL', LOG, entry[1])
  if map.i then
    redis.call('HDEL', IDS, map.i)
    if not is_own(map.i) then
      goes(map.i)
      redis.call('HDEL', DOUBT, map.i)
    end
  end
  local own, before = series(map), tonumber(map.s or '0')
  if tonumber(redis.call('ZSCORE', LATEST, own) or '0') == position then
    while before > 0 and #redis.call('XRANGE', LOG, at(before), at(before)) == 0 do
      before = link(before)
    end
    if before > 0 then
      redis.call('ZADD', LATEST, text(before), own)
    else
      redis.call('ZREM', LATEST, own)
      redis.call('SREM', ALT, own)
    end
  elseif before > 0 and #redis.call('XRANGE', LOG, '-', at(position), 'COUNT', 1) > 0 then
    redis.call('ZADD', LINKS, text(position), text(position) .. ':' .. text(before))
  end
  local expired = false
  if map.x then
    redis.call('ZREM', EXPIRES, text(position))
    expired = tonumber(map.x) <= now
  end
  if not expired then mark(map.t, map.p, position, published(position, map.a)) end
  meta.count = meta.count - 1
  meta.bytes = meta.bytes - weight(flat)
end

-- One more entry, behind the head, given flat and by name. One without an id is known by its position,
-- and in no table.
local function append(flat, map, now)
  local position = meta.head + 1
  local here = text(position)
  if now > meta.last then meta.last = now end
  local id, expires, own = map.i, map.x, series(map)
  local before = redis.call('ZSCORE', LATEST, own)
  local n = #flat
  flat[n + 1], flat[n + 2] = 'a', text(meta.last)
  if before then flat[n + 3], flat[n + 4] = 's', text(tonumber(before)) end
  redis.call('XADD', LOG, here .. '-0', unpack(flat))
  redis.call('ZADD', LATEST, here, own)
  if string.find(map.t, '\n', 1, true) then redis.call('SADD', ALT, own) end
  if expires then redis.call('ZADD', EXPIRES, expires, here) end
  if id then
    redis.call('HSET', IDS, id, here)
    if not is_own(id) and has_gone(id) then
      redis.call('HSET', DOUBT, id, '1')
      meta.doubts = 1
    end
  end
  meta.head = position
  meta.count = meta.count + 1
  meta.bytes = meta.bytes + weight(flat)
  return position
end

local function tell(...)
  meta.news = meta.news + 1
  redis.call('XADD', NEWS, 'MAXLEN', '~', '4096', text(meta.news) .. '-0', ...)
end

-- What every answer begins with. Those who follow read the same from META.
local function standing()
  return {text(meta.turn), text(meta.head), text(meta.count), text(meta.bytes), text(meta.doubts), next_due()}
end

local function other_log()
  return redis.error_reply('EPOCH the log is not the one that was opened')
end
