package dev.allim.hub;

/**
 * A lane's sign of life, as of its last tick.
 *
 * @param at when that was, in the hub's nanoseconds
 * @param ringFrames how many frames its ring holds
 * @param ringBytes what their events take
 */
record Pulse(long at, int ringFrames, int ringBytes) {}
