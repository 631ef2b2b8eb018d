-- Appends publications, each whole or not at all, decided one after the other.
-- ARGV: epoch, now, plausible, most bytes, room of delayed, room of keys, when keys expire, publications,
-- then of each its kind. Of a plain one ('': one entry, under no key, delivered now, with the id of its position)
-- count of fields and fields follow, and the answer is the position. Of any other: key, fingerprint, entries,
-- and of each entry: what is answered, due, room, key, fingerprint, count of fields, fields. What is answered
-- of one that has no id is '#' and its position.
local next_argument = 1
local function take()
  next_argument = next_argument + 1
  return ARGV[next_argument - 1]
end
if meta.epoch ~= take() then return other_log() end
local now, plausible, most = tonumber(take()), take(), tonumber(take())
local most_delayed, most_keys, free_again = tonumber(take()), tonumber(take()), take()
if most > 0 and meta.bytes > most then
  return redis.error_reply('FULL the history is larger than it may be')
end
settle(now, plausible)

local function forget(key)
  local packed = redis.call('HGET', USED, key)
  if packed then
    meta.keys = meta.keys - cmsgpack.unpack(packed).room
    redis.call('HDEL', USED, key)
  end
  redis.call('ZREM', USEDX, key)
end
for _, key in ipairs(redis.call('ZRANGEBYSCORE', USEDX, '-inf', text(now), 'LIMIT', 0, 16)) do forget(key) end

local function answered(key, fingerprint, index)
  local packed = redis.call('HGET', USED, key)
  if not packed then return nil end
  local record = cmsgpack.unpack(packed)
  if record.expires <= now then
    forget(key)
    return nil
  end
  if record.fingerprint ~= fingerprint then return {'K', index, 0} end
  return {'R', 0, record.answer}
end
local function receipt(key, fingerprint, answer)
  local octets = #key + #fingerprint + #answer
  return {key = key, fingerprint = fingerprint, answer = answer, room = octets + math.floor(octets / 8) + 512}
end

-- Names and values one after the other, and the same by name.
local function read_fields()
  local flat, map, first, count = {}, {}, next_argument, tonumber(ARGV[next_argument])
  for i = 1, count, 2 do
    local name, value = ARGV[first + i], ARGV[first + i + 1]
    flat[i], flat[i + 1] = name, value
    map[name] = value
  end
  next_argument = first + count + 1
  return flat, map
end
local function read_publication()
  local one = {key = take(), fingerprint = take(), entries = {}}
  for i = 1, tonumber(take()) do
    local entry = {answer = take(), due = take(), room = tonumber(take()), key = take(), fingerprint = take()}
    entry.fields, entry.map = read_fields()
    entry.id = entry.map.i
    one.entries[i] = entry
  end
  return one
end

local function decide(one)
  if one.key ~= '' then
    local before = answered(one.key, one.fingerprint, -1)
    if before then return before end
  end
  local ids, keys, answer, fresh, repeats, position = {}, {}, {}, {}, false, meta.head
  for i, entry in ipairs(one.entries) do
    local before
    if entry.key ~= '' then
      if keys[entry.key] then return {'K', i - 1, 1} end
      keys[entry.key] = true
      before = answered(entry.key, entry.fingerprint, i - 1)
      if before and before[1] == 'K' then return before end
    end
    if before then
      answer[#answer + 1] = before[3]
      repeats = true
    else
      if entry.due == '' then position = position + 1 end
      if not entry.id then
        entry.answer = '#' .. text(position)
      elseif ids[entry.id] or redis.call('HEXISTS', IDS, entry.id) == 1 or redis.call('HEXISTS', WAITING, entry.id) == 1 then
        return {'I', i - 1}
      else
        ids[entry.id] = true
      end
      answer[#answer + 1] = entry.answer
      fresh[#fresh + 1] = entry
    end
  end
  local receipts, delayed, room = {}, 0, 0
  for _, entry in ipairs(fresh) do
    if entry.due ~= '' then delayed = delayed + entry.room end
    if entry.key ~= '' then
      receipts[#receipts + 1] = receipt(entry.key, entry.fingerprint, entry.answer)
    end
  end
  local all = table.concat(answer, '\n')
  if one.key ~= '' then receipts[#receipts + 1] = receipt(one.key, one.fingerprint, all) end
  for _, each in ipairs(receipts) do room = room + each.room end
  if delayed > 0 and meta.delayed + delayed > most_delayed then return {'N', 0} end
  if room > 0 and meta.keys + room > most_keys then return {'N', 1} end
  local upto = 0
  for _, entry in ipairs(fresh) do
    if entry.due == '' then
      upto = append(entry.fields, entry.map, now)
    else
      meta.due = meta.due + 1
      local member = string.format('%016.0f', meta.due) .. entry.id
      redis.call('ZADD', DUE, entry.due, member)
      redis.call('HSET', WAITING, entry.id, cmsgpack.pack({member = member, room = entry.room, fields = entry.fields}))
    end
  end
  meta.delayed = meta.delayed + delayed
  for _, each in ipairs(receipts) do
    each.expires = tonumber(free_again)
    forget(each.key)
    redis.call('HSET', USED, each.key, cmsgpack.pack(each))
    redis.call('ZADD', USEDX, free_again, each.key)
    meta.keys = meta.keys + each.room
  end
  return {'A', 0, text(upto), repeats and all or ''}
end

local results = {}
for i = 1, tonumber(take()) do
  if take() == '' then
    local flat, map = read_fields()
    results[i] = text(append(flat, map, now))
  else
    results[i] = decide(read_publication())
  end
end
save()
return {standing(), results}
