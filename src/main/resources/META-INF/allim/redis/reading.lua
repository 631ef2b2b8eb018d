-- What those that read share. An answer begins with the marks of what is gone, unless the asker has them.
local function marks(version)
  if tonumber(version) == meta.marks then return {text(meta.marks)} end
  local all = redis.call('ZRANGE', MARKS, 0, -1, 'WITHSCORES')
  local flat = {text(meta.marks), text(meta.any), text(meta.anytime)}
  local names = {}
  for i = 1, #all, 2 do names[#names + 1] = all[i] end
  local times = {}
  for i = 1, #names, 500 do
    local some = redis.call('HMGET', MARKTIMES, unpack(names, i, math.min(i + 499, #names)))
    for j = 1, #some do times[#times + 1] = some[j] or '0' end
  end
  for i, name in ipairs(names) do
    flat[#flat + 1] = name
    flat[#flat + 1] = text(tonumber(all[2 * i]))
    flat[#flat + 1] = times[i]
  end
  return flat
end
local function stamped(entry) -- with the time that counts
  local flat, position = entry[2], place(entry[1])
  for i = 1, #flat, 2 do
    if flat[i] == 'a' then flat[i + 1] = text(published(position, flat[i + 1])) end
  end
  return {text(position), flat}
end
