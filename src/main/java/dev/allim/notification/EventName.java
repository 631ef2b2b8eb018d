package dev.allim.notification;

/**
 * The SSE event name, by which a page picks its listener ({@code addEventListener('update', …)}).
 *
 * @param value one line without control and format characters; never empty, since an unnamed event
 *     has no name at all
 */
public record EventName(String value) {
  /** Checks the value; see the class for the rules. */
  public EventName {
    if (value.isEmpty()) {
      throw new InvalidFieldException(
          "event", "event must not be empty; leave it out for an unnamed event");
    }
    PlainText.require("event", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
