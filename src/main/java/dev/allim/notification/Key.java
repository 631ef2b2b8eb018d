package dev.allim.notification;

import dev.allim.text.InvalidFieldException;
import dev.allim.text.PlainText;

/**
 * Marks what a notification replaces: the newest with a key, under its canonical topic, is the
 * current state of what the key stands for.
 *
 * @param value 1 to {@value #MAX_LENGTH} characters without control and format characters
 */
public record Key(String value) {
  /** Long enough for a URN or URL. */
  public static final int MAX_LENGTH = 256;

  /** Checks the value; see the class for the rules. */
  public Key {
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      throw new InvalidFieldException(
          "key", "key must be 1 to %d characters long".formatted(MAX_LENGTH));
    }
    PlainText.require("key", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
