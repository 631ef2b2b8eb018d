package dev.allim.bench.load;

import java.util.Arrays;

/** Counts durations in buckets that are at most 1.6 % wide. */
public final class Histogram {
  private static final int SUB_BITS = 6;
  private static final int SUBS = 1 << SUB_BITS;

  private final long[] counts = new long[Long.SIZE * SUBS];
  private long total;

  void record(long nanos) {
    counts[bucket(Math.max(nanos, SUBS))]++;
    total++;
  }

  private static int bucket(long nanos) {
    int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos);
    return exponent * SUBS + (int) (nanos >>> (exponent - SUB_BITS) & SUBS - 1);
  }

  void clear() {
    Arrays.fill(counts, 0);
    total = 0;
  }

  /** The duration, in milliseconds, that {@code percent} of all did not exceed. */
  public double percentileMillis(double percent) {
    long needed = Math.max(1, (long) Math.ceil(total * percent / 100));
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= needed) {
        return upperEdge(i) / 1e6;
      }
    }
    return Double.NaN;
  }

  private static long upperEdge(int bucket) {
    int exponent = bucket / SUBS;
    return (SUBS + bucket % SUBS + 1L) << (exponent - SUB_BITS);
  }
}
