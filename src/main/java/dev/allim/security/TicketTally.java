package dev.allim.security;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many tickets each subject has that are not over, so that one who gets them again and again
 * leaves room for others. Any thread; never blocks.
 */
final class TicketTally {
  private final int most;
  private final Duration fresh;
  // under this object's lock: by subject and by ticket when they are over
  private final Map<String, Map<String, Instant>> ends = new HashMap<>();
  private Instant readAt = Instant.EPOCH;

  /**
   * Of nobody yet.
   *
   * @param most how many one subject may have
   * @param fresh how long what was read of the log is good enough; what others have given or used
   *     since is not counted
   */
  TicketTally(int most, Duration fresh) {
    this.most = most;
    this.fresh = fresh;
  }

  /** Whether what is in the log should be {@linkplain #add added} now; true once in a while. */
  synchronized boolean isDue(Instant now) {
    boolean due = now.isBefore(readAt) || !now.isBefore(readAt.plus(fresh));
    if (due) {
      readAt = now;
      ends.values().forEach(own -> dropOver(own, now));
      ends.values().removeIf(Map::isEmpty);
    }
    return due;
  }

  private static void dropOver(Map<String, Instant> own, Instant now) {
    own.values().removeIf(end -> !end.isAfter(now));
  }

  /** There is one, which is over then. */
  synchronized void add(String subject, String ticket, Instant end) {
    ends.computeIfAbsent(subject, first -> new HashMap<>()).put(ticket, end);
  }

  /**
   * Adds one if its subject may have another.
   *
   * @return empty if so; otherwise when the first that it has is over
   */
  synchronized Optional<Instant> tryAdd(String subject, String ticket, Instant end, Instant now) {
    Map<String, Instant> own = ends.computeIfAbsent(subject, first -> new HashMap<>());
    dropOver(own, now);
    if (own.size() >= most) {
      return own.values().stream().min(Instant::compareTo);
    }
    own.put(ticket, end);
    return Optional.empty();
  }
}
