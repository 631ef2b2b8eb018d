package dev.allim.bench.report;

import java.util.Locale;

/**
 * Something that is measured.
 *
 * @param name what, with its unit
 * @param decimals how exactly it is worth writing
 */
public record Figure(String name, int decimals) {
  /** Events that arrived at a reader. */
  public static final Figure DELIVERIES = new Figure("deliveries/s", 0);

  /** User and system time of the server. */
  public static final Figure CPU = new Figure("server CPU per delivery, µs", 2);

  /** Deliveries that never came; not 0 means that the other figures are not to be trusted. */
  public static final Figure MISSING = new Figure("deliveries missing", 0);

  /** Latency from when an event was due to when a reader had it. */
  public static Figure latency(String percentile) {
    return new Figure("latency %s, ms".formatted(percentile), 2);
  }

  String format(double value) {
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
