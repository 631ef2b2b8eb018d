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
      throw outside(key, value, range(least, most), why);
    }
  }

  /**
   * Requires a time between two bounds, both included.
   *
   * @throws IllegalArgumentException if it is not
   */
  public static void check(String key, Duration value, Duration least, Duration most, String why) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw outside(key, plain(value), between(plain(least), plain(most)), why);
    }
  }

  private static String plain(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + "s"
        : duration.toMillis() + "ms";
  }

  /** The largest number there is bounds nothing. */
  private static String range(long least, long most) {
    return most == Long.MAX_VALUE
        ? "at least " + least
        : between(Long.toString(least), Long.toString(most));
  }

  private static String between(String least, String most) {
    return "between " + least + " and " + most;
  }

  private static IllegalArgumentException outside(
      String key, Object value, String range, String why) {
    return new IllegalArgumentException(
        "%s is %s, but must be %s: %s".formatted(key, value, range, why));
  }
}
