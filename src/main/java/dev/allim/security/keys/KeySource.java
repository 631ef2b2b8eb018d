package dev.allim.security.keys;

import java.io.IOException;
import java.util.List;

/** Where the keys of one issuer come from. Safe for any thread. */
public interface KeySource {
  /** The keys as they are known now. Never blocks. */
  List<VerificationKey> keys();

  /**
   * Looks whether they have changed, if it is time to; what cannot be read leaves them as they are,
   * and is told in the log. May block.
   *
   * @return whether they are others now
   */
  boolean look();

  /** The same, at once. */
  boolean reload();

  /** Looks for a key that is not among them, as often as that may be asked for. May block. */
  default boolean seek() {
    return false;
  }

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

  /** Keys that stay as they are. */
  record Fixed(List<VerificationKey> keys) implements KeySource {
    @Override
    public boolean look() {
      return false;
    }

    @Override
    public boolean reload() {
      return false;
    }
  }
}
