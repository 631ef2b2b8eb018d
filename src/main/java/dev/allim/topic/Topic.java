package dev.allim.topic;

import dev.allim.text.InvalidFieldException;
import dev.allim.text.PlainText;

/**
 * The name under which something is published: any text, often a path ({@code orders/42}) or a URL.
 * Compared character by character, never normalised.
 *
 * @param name 1 to {@link #MAX_LENGTH} characters without control and format characters; not {@code
 *     *}, which as a matcher means every topic
 */
public record Topic(String name) {
  /** What a record may hold at all; the configured limit is lower. */
  public static final int MAX_LENGTH = 65_536;

  /** What the names of topics begin with that are the hub's own. */
  public static final String RESERVED = "$hub/";

  /** Checks the name; see the class for the rules. */
  public Topic {
    if (name.isEmpty()) {
      throw new InvalidFieldException("topic", "topic must not be empty");
    }
    if (name.length() > MAX_LENGTH) {
      throw new InvalidFieldException(
          "topic", "topic must be at most %d characters long".formatted(MAX_LENGTH));
    }
    if (name.equals("*")) {
      throw new InvalidFieldException(
          "topic", "'*' is no topic: it matches every topic when listening");
    }
    PlainText.require("topic", name);
  }

  /**
   * Whether only the hub itself publishes here, what it has to say of itself. Such a topic is heard
   * by its name, never by a template or as part of everything.
   */
  public boolean isReserved() {
    return name.startsWith(RESERVED);
  }

  @Override
  public String toString() {
    return name;
  }
}
