-- Shows one that waits, or takes it back if it is still the one that was shown.
-- ARGV: epoch, id, its name among those that wait, empty to be shown it
if meta.epoch ~= ARGV[1] then return other_log() end
local packed = redis.call('HGET', WAITING, ARGV[2])
if not packed then return {standing(), '', {}} end
local one = cmsgpack.unpack(packed)
if ARGV[3] == '' then return {standing(), one.member, one.fields} end
if ARGV[3] ~= one.member then return {standing(), '', {}} end
redis.call('ZREM', DUE, one.member)
redis.call('HDEL', WAITING, ARGV[2])
meta.delayed = meta.delayed - one.room
save()
return {standing(), one.member, {}}
