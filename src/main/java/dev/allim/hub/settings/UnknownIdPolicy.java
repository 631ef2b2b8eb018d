package dev.allim.hub.settings;

/**
 * Where a subscriber goes on whose last id the hub does not know, or not any more. Either way it is
 * told so.
 */
public enum UnknownIdPolicy {
  /** With the oldest that is kept: it may get what it has, and misses as little as possible. */
  EARLIEST,
  /** With what is published from now on. */
  LIVE
}
