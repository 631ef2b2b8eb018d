-- Begins with this log, or goes on with it after a connection was lost: notices when the server is
-- not the one that it was, and when it has less than was heard of it.
-- ARGV: epoch known, position heard, new epoch, key of places, now, run to be taken for the server's
local JUMP = 1048576 -- more than a server that comes back can have lost
local known, heard, fresh, key, now, run = ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[4], tonumber(ARGV[5]), ARGV[6]
if run == '' then
  run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') or 'unknown'
end
local form = redis.call('HGET', META, 'form')
if form and tonumber(form) > 1 then
  return redis.error_reply('FORM the log was made by a newer version of this program')
end
if not meta.epoch then
  meta.epoch = fresh
  meta.head = heard > 0 and heard + JUMP or 0
  redis.call('HSET', META, 'epoch', fresh, 'run', run, 'form', '1', 'places', key)
  redis.call('RPUSH', EPOCHS, fresh .. ' 0')
elseif redis.call('HGET', META, 'run') ~= run then
  redis.call('RPUSH', EPOCHS, fresh .. ' ' .. text(meta.head))
  redis.call('LTRIM', EPOCHS, -64, -1)
  redis.call('HSET', META, 'epoch', fresh, 'run', run)
  if meta.head > 0 then meta.head = meta.head + JUMP end
  meta.epoch = fresh
end
-- What each server began with since the one that was known: less than was heard is a loss.
local lost = false
if known ~= '' and known ~= meta.epoch then
  local epochs = redis.call('LRANGE', EPOCHS, 0, -1)
  local base, found, first = math.huge, false, 1
  for i = #epochs, 1, -1 do
    local name, began = string.match(epochs[i], '^(%S+) (%d+)$')
    if name == known then
      found = true
      first = i + 1
      break
    end
    base = math.min(base, tonumber(began))
  end
  if not found then base = 0 end
  if heard > 0 and heard > base and not (not found and tonumber(redis.call('HGET', META, 'told') or '0') >= heard) then
    lost = true
    for i = first, #epochs do
      local name, began = string.match(epochs[i], '^(%S+) (%d+)$')
      redis.call('LSET', EPOCHS, i - 1, name .. ' ' .. text(math.max(heard, tonumber(began))))
    end
    meta.head = math.max(meta.head, heard) + 1
    meta.any = meta.head
    meta.anytime = math.max(meta.anytime, meta.last, now)
    meta.marks = meta.marks + 1
    redis.call('HSET', META, 'told', text(heard))
    tell('n', 'lost', 'u', text(meta.head))
  end
end
save()
return {meta.epoch, redis.call('HGET', META, 'places'), lost and 1 or 0, text(meta.news), standing()}
