package dev.allim.log.retention;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How many notifications, and how many bytes of them, are kept under each rule of retention. Safe
 * for any number of threads.
 */
public final class RetentionUsage {
  private final AtomicLongArray counts;
  private final AtomicLongArray bytes;

  public RetentionUsage(int rules) {
    counts = new AtomicLongArray(rules);
    bytes = new AtomicLongArray(rules);
  }

  /** Books what came, or with negative numbers what went; a rule of -1 is none. */
  public void book(int rule, long count, long size) {
    if (rule >= 0) {
      counts.addAndGet(rule, count);
      bytes.addAndGet(rule, size);
    }
  }

  public long count(int rule) {
    return counts.get(rule);
  }

  public long bytes(int rule) {
    return bytes.get(rule);
  }
}
