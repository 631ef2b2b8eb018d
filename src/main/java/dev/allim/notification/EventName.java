package dev.allim.notification;

import dev.allim.text.InvalidFieldException;
import dev.allim.text.PlainText;

/**
 * The SSE event name, by which a page picks its listener ({@code addEventListener('update', …)}).
 *
 * @param value not {@value #GAP}; one line without control and format characters; never empty,
 *     since an unnamed event has no name at all
 */
public record EventName(String value) {
  /** Kept for the hub, so that nobody can pretend that something was missed. */
  public static final String GAP = "gap";

  /** Checks the value; see the class for the rules. */
  public EventName {
    if (value.isEmpty()) {
      throw new InvalidFieldException(
          "event", "event must not be empty; leave it out for an unnamed event");
    }
    if (value.equals(GAP)) {
      throw new InvalidFieldException(
          "event", "'%s' is the hub's own: by it a reader learns what it missed".formatted(GAP));
    }
    PlainText.require("event", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
