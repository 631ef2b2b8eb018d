-- A stretch of the log, oldest first, or newest first where "from" is above "up to"; neither end is part
-- of what stands before it. ARGV: epoch, version of marks, from, up to, most, most bytes, most to look at
-- in vain, then topics, if only what has one of them is asked for
if meta.epoch ~= ARGV[1] then return other_log() end
local from, upto, most = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local bytes, looks = tonumber(ARGV[6]), tonumber(ARGV[7])
local topics = {}
for i = 8, #ARGV do topics[ARGV[i]] = true end
local all = #ARGV < 8
local function wanted(map)
  if all then return true end
  for topic in string.gmatch(map.t, '[^\n]+') do
    if topics[topic] then return true end
  end
  return false
end
local found, reached, step = {}, from, 16
local back = from > upto
local function next_chunk()
  if back then return redis.call('XREVRANGE', LOG, '(' .. at(reached), '-', 'COUNT', step) end
  return redis.call('XRANGE', LOG, '(' .. at(reached), at(upto), 'COUNT', step)
end
while reached ~= upto do
  local chunk = next_chunk()
  local size = 0
  for _, entry in ipairs(chunk) do
    reached = place(entry[1])
    local heavy = weight(entry[2])
    size = size + heavy
    if wanted(fields(entry[2])) then
      found[#found + 1] = stamped(entry)
      bytes = bytes - heavy + OVERHEAD
    else
      looks = looks - 1
    end
    if #found >= most or bytes <= 0 then break end
  end
  if #found >= most or bytes <= 0 then break end
  if #chunk < step then
    reached = upto
  elseif looks <= 0 then
    break
  end
  -- small ones are fetched many at a time, large ones few
  if size < 65536 and step < 256 then step = step * 2 elseif size > 1048576 and step > 4 then step = step / 2 end
end
return {marks(ARGV[2]), text(reached), found}
