package dev.allim.hub.lane;

/**
 * A lane's sign of life, as of its last tick.
 *
 * @param at when that was, in the hub's nanoseconds
 * @param ringFrames how many frames its ring holds
 * @param ringBytes what their events take
 */
public record LaneStats(long at, int ringFrames, int ringBytes) {}
