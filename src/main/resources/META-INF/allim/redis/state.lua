-- How the log stands. ARGV: epoch
if meta.epoch ~= ARGV[1] then return other_log() end
return {standing()}
