package dev.allim.security;

import java.io.IOException;

/** What is wrong with a setting, behind its name. */
final class Settings {
  private Settings() {}

  /** Reads something that may not be readable. */
  interface Reading<T> {
    T read() throws IOException;
  }

  /**
   * What was read.
   *
   * @throws IllegalArgumentException that names the setting, if it cannot be what it is for
   */
  static <T> T told(String setting, Reading<T> reading) throws IOException {
    try {
      return reading.read();
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(setting + " " + wrong.getMessage()); // all that is told
    }
  }
}
