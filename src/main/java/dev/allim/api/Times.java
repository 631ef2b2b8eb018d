package dev.allim.api;

import dev.allim.notification.InvalidFieldException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads lengths and points of time as people write them. */
final class Times {
  private static final Pattern SHORT = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  private Times() {}

  /**
   * A length of time such as {@code 500ms}, {@code 90s}, {@code 10m}, {@code 2h}, {@code 7d}, or
   * ISO 8601.
   */
  static Duration duration(String field, String text) {
    return shortDuration(text)
        .or(() -> isoDuration(text))
        .orElseThrow(
            () ->
                new InvalidFieldException(
                    field,
                    "%s must be a length of time such as 500ms, 90s, 10m, 2h, 7d or PT10M"
                        .formatted(field)));
  }

  /** The same, if it is one. */
  static Optional<Duration> shortDuration(String text) {
    Matcher matcher = SHORT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long count = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(count);
          case "s" -> Duration.ofSeconds(count);
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        });
  }

  private static Optional<Duration> isoDuration(String text) {
    try {
      return Optional.of(Duration.parse(text)).filter(duration -> !duration.isNegative());
    } catch (DateTimeParseException | ArithmeticException notOne) {
      return Optional.empty();
    }
  }

  /** A point of time in ISO 8601 with an offset, such as {@code 2026-11-22T09:00:00Z}. */
  static Instant instant(String field, String text) {
    return instant(text)
        .orElseThrow(
            () ->
                new InvalidFieldException(
                    field,
                    "%s must be a point of time such as 2026-11-22T09:00:00Z".formatted(field)));
  }

  /** The same, if it is one. */
  static Optional<Instant> instant(String text) {
    if (text.isEmpty() || !Character.isDigit(text.charAt(0))) {
      return Optional.empty();
    }
    try {
      return Optional.of(java.time.OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException notOne) {
      return Optional.empty();
    }
  }
}
