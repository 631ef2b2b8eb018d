package dev.allim.bench.load;

/** Numbers the events, remembers when each was due, and counts what arrives of them. */
public final class Tally {
  /** Far more than may be in flight. */
  private static final int REMEMBERED = 1 << 16;

  private final long[] dueAt = new long[REMEMBERED];
  private final Histogram latency = new Histogram();
  private long next;
  private long countedFrom;
  private long delivered;

  /** The number of a new event, due at {@code due}. */
  long number(long due) {
    dueAt[(int) (next % REMEMBERED)] = due;
    return next++;
  }

  void delivered(long number, long now) {
    if (number >= countedFrom) {
      delivered++;
      latency.record(now - dueAt[(int) (number % REMEMBERED)]);
    }
  }

  /** Counts from the next event on; what is still under way of earlier ones is left out. */
  public void restart() {
    countedFrom = next;
    delivered = 0;
    latency.clear();
  }

  /** Events numbered since the last restart. */
  public long published() {
    return next - countedFrom;
  }

  /** Deliveries of those. */
  public long delivered() {
    return delivered;
  }

  /** How long after they were due. */
  public Histogram latency() {
    return latency;
  }
}
