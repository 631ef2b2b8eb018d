package dev.allim.api;

import dev.allim.text.InvalidFieldException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads lengths and points of time as people write them. */
final class TimeFormats {
  private static final Pattern SHORT = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final Pattern WEEKS = Pattern.compile("P(\\d{1,9})W");

  /** What a query makes of an offset whose {@code +} was not encoded. */
  private static final Pattern SPACE_FOR_PLUS = Pattern.compile(" (?=\\d\\d(:?\\d\\d)?$)");

  /** A moment, or how long ago it was. */
  record Since(Optional<Instant> moment, Duration ago) {
    /** Never before 1970, when there were no notifications. */
    Instant from(Instant now) {
      return moment.orElseGet(
          () ->
              ago.compareTo(Duration.between(Instant.EPOCH, now)) > 0
                  ? Instant.EPOCH
                  : now.minus(ago));
    }
  }

  private TimeFormats() {}

  /**
   * A length of time such as {@code 500ms}, {@code 90s}, {@code 10m}, {@code 2h}, {@code 7d}, or
   * ISO 8601.
   */
  static Duration duration(String field, String text) {
    return length(text)
        .orElseThrow(
            () ->
                new InvalidFieldException(
                    field,
                    "%s must be a length of time such as 500ms, 90s, 10m, 2h, 7d or PT10M"
                        .formatted(field)));
  }

  /** The same, if it is one. */
  static Optional<Duration> length(String text) {
    return shortDuration(text).or(() -> isoDuration(text));
  }

  private static Optional<Duration> shortDuration(String text) {
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
      return Optional.of(iso(text)).filter(duration -> !duration.isNegative());
    } catch (DateTimeParseException | ArithmeticException notOne) {
      return Optional.empty();
    }
  }

  private static Duration iso(String text) {
    Matcher weeks = WEEKS.matcher(text);
    return weeks.matches()
        ? Duration.ofDays(7 * Long.parseLong(weeks.group(1)))
        : Duration.parse(text);
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
      return Optional.of(OffsetDateTime.parse(plus(text)).toInstant());
    } catch (DateTimeParseException notOne) {
      return Optional.empty();
    }
  }

  private static String plus(String text) {
    return SPACE_FOR_PLUS.matcher(text).replaceFirst("+");
  }

  /** A point of time, a day, which begins at midnight in UTC, or a length of time. */
  static Optional<Since> since(String text) {
    return instant(text)
        .or(() -> day(text))
        .map(moment -> new Since(Optional.of(moment), Duration.ZERO))
        .or(() -> length(text).map(ago -> new Since(Optional.empty(), ago)));
  }

  private static Optional<Instant> day(String text) {
    try {
      return Optional.of(LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
    } catch (DateTimeParseException notOne) {
      return Optional.empty();
    }
  }
}
