-- Where somebody begins. ARGV: epoch, version of marks, "earliest" | "since" | "id" | "position", instant,
-- id or position, up to
if meta.epoch ~= ARGV[1] then return other_log() end
local upto = tonumber(ARGV[5])
local first = redis.call('XRANGE', LOG, '-', '+', 'COUNT', 1)[1]
local oldest = first and place(first[1]) or 0
local found, doubtful = 0, 0
if ARGV[3] == 'id' then
  found = tonumber(redis.call('HGET', IDS, ARGV[4]) or '0')
  doubtful = redis.call('HEXISTS', DOUBT, ARGV[4])
elseif ARGV[3] == 'position' then
  local entry = redis.call('XRANGE', LOG, at(tonumber(ARGV[4])), at(tonumber(ARGV[4])))[1]
  if entry and not fields(entry[2]).i then found = place(entry[1]) end
elseif ARGV[3] == 'since' and oldest > 0 then
  local instant, low, high = tonumber(ARGV[4]), oldest, upto
  while low <= high do
    local middle = math.floor((low + high) / 2)
    local entry = redis.call('XRANGE', LOG, at(middle), at(high), 'COUNT', 1)[1]
    if not entry then
      high = middle - 1
    elseif published(place(entry[1]), fields(entry[2]).a) < instant then
      found = place(entry[1])
      low = found + 1
    else
      high = middle - 1
    end
  end
end
return {marks(ARGV[2]), text(oldest), text(found), doubtful, text(meta.head)}
