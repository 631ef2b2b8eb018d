package dev.allim.log.append;

import dev.allim.notification.Accepted;
import dev.allim.notification.EventId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What was answered to a publish with an idempotency key, so that the same publish again is
 * answered alike.
 *
 * @param key the publisher's key
 * @param fingerprint of what was published; another one under the same key is a mistake of the
 *     publisher's
 * @param answer what was answered, in the form of {@link #text}
 * @param expires when the key may be used anew
 */
public record IdempotencyRecord(String key, String fingerprint, String answer, Instant expires) {
  private static final String BETWEEN_LINES = "\n";
  private static final char BEFORE_TIME = '\t';

  /** What was answered, as text to be kept: a line each, its id, and when if that was later. */
  public static String text(List<Accepted> answer) {
    return answer.stream().map(IdempotencyRecord::line).collect(Collectors.joining(BETWEEN_LINES));
  }

  private static String line(Accepted accepted) {
    String id = accepted.id().value();
    return accepted.deliverAt().map(at -> id + BEFORE_TIME + at).orElse(id);
  }

  /** What was answered. */
  public List<Accepted> accepted() {
    return answer.lines().map(IdempotencyRecord::accepted).toList();
  }

  private static Accepted accepted(String line) {
    int end = line.indexOf(BEFORE_TIME);
    return end < 0
        ? Accepted.now(new EventId(line))
        : new Accepted(
            new EventId(line.substring(0, end)),
            Optional.of(Instant.parse(line.substring(end + 1))));
  }
}
