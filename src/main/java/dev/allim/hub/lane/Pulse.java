package dev.allim.hub.lane;

import dev.allim.hub.ring.RecentFrames;

/** Whether a lane comes nearer to what it was offered, for anybody who watches over it. */
final class Pulse {
  private final RecentFrames recent;

  // Touched by the loop only.
  private long positionAtLastBeat;

  /** Written by the writer, read by the loop. */
  private volatile long offeredUpTo;

  /** Written by the loop, read by any thread. */
  private volatile LaneStats last;

  /**
   * Of a lane that stands at {@code head} and has been offered nothing yet, at {@code now}, in the
   * hub's nanoseconds.
   */
  Pulse(RecentFrames recent, long head, long now) {
    this.recent = recent;
    this.positionAtLastBeat = head;
    this.offeredUpTo = head;
    this.last = new LaneStats(now, recent.size(), recent.bytes());
  }

  /** The lane has been offered all up to this position. The writer only. */
  void offered(long upTo) {
    offeredUpTo = upTo;
  }

  /** The lane stands at {@code position} at {@code now}. Its loop only. */
  void beat(long position, long now) {
    boolean moves = position != positionAtLastBeat;
    positionAtLastBeat = position;
    boolean advances = moves || position >= offeredUpTo;
    last = new LaneStats(advances ? now : last.at(), recent.size(), recent.bytes());
  }

  /** As of the last beat. Any thread. */
  LaneStats last() {
    return last;
  }
}
