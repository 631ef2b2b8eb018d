package dev.allim.hub.settings;

import java.time.Duration;

/**
 * Checks values of the configuration. Whoever runs the program reads the message: it names the key,
 * what was given, what may be, and why.
 */
public final class Bounds {
  private Bounds() {}

  /**
   * Requires a number between two bounds, both included.
   *
   * @throws IllegalArgumentException if it is not
   */
  public static void check(String key, long value, long least, long most, String why) {
    if (value < least || value > most) {
      throw outside(key, value, Long.toString(least), Long.toString(most), why);
    }
  }

  /**
   * Requires a time between two bounds, both included.
   *
   * @throws IllegalArgumentException if it is not
   */
  public static void check(String key, Duration value, Duration least, Duration most, String why) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw outside(key, plain(value), plain(least), plain(most), why);
    }
  }

  private static String plain(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + "s"
        : duration.toMillis() + "ms";
  }

  private static IllegalArgumentException outside(
      String key, Object value, String least, String most, String why) {
    return new IllegalArgumentException(
        "%s is %s, but must be between %s and %s: %s".formatted(key, value, least, most, why));
  }
}
