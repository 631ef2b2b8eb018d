package dev.allim.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a client accepts: its {@code Accept} headers (RFC 9110, 12.5.1). */
public final class AcceptedTypes {
  private final List<Range> ranges;

  private AcceptedTypes(List<Range> ranges) {
    this.ranges = ranges;
  }

  /** Reads the headers; ranges that are malformed do not count. */
  public static AcceptedTypes of(List<String> headers) {
    return new AcceptedTypes(
        headers.stream()
            .flatMap(header -> Stream.of(header.split(",", -1)))
            .map(Range::parse)
            .flatMap(Optional::stream)
            .toList());
  }

  /** How welcome a media type is, from 0, not at all, to 1: the closest range decides. */
  public double quality(String type) {
    return ranges.stream()
        .filter(range -> range.closeness(type) > 0)
        .reduce((a, b) -> b.closeness(type) > a.closeness(type) ? b : a)
        .map(Range::quality)
        .orElse(0.0);
  }

  private record Range(String type, double quality) {
    /** Some clients write {@code *} for all, or nothing. */
    static Optional<Range> parse(String text) {
      String[] parts = text.split(";", -1);
      String type = parts[0].strip().toLowerCase(Locale.ROOT);
      String name = type.isEmpty() || type.equals("*") ? "*/*" : type;
      return Stream.of(parts)
          .skip(1)
          .map(String::strip)
          .filter(part -> part.regionMatches(true, 0, "q=", 0, 2))
          .findFirst()
          .map(part -> number(part.substring(2)).map(quality -> new Range(name, quality)))
          .orElseGet(() -> Optional.of(new Range(name, 1)));
    }

    private static Optional<Double> number(String text) {
      try {
        return Optional.of(Double.valueOf(text)).filter(value -> value >= 0 && value <= 1);
      } catch (NumberFormatException malformed) {
        return Optional.empty();
      }
    }

    /** 0 if this range does not admit it. */
    int closeness(String candidate) {
      if (type.equals(candidate)) {
        return 3;
      }
      if (type.equals("*/*")) {
        return 1;
      }
      boolean ofThatKind =
          type.endsWith("/*") && candidate.startsWith(type.substring(0, type.length() - 1));
      return ofThatKind ? 2 : 0;
    }
  }
}
