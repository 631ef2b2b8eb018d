package dev.allim.notification;

/**
 * The id of a notification: what a browser sends back as {@code Last-Event-ID} to go on where it
 * was. Opaque to clients and valid as an SSE id (WHATWG HTML, 9.2): one line, no control or format
 * characters.
 *
 * @param value 1 to {@value #MAX_LENGTH} characters; not {@code earliest} or {@code latest}, which
 *     name places in the history, and not beginning with {@value #REST_OF_LATEST} or {@code #},
 *     which are kept for the hub
 */
public record EventId(String value) {
  /** Long enough for a URN or URL, short enough for a header. */
  public static final int MAX_LENGTH = 256;

  /** Before an id it is the place in the current state behind the notification with that id. */
  public static final String REST_OF_LATEST = "latest:";

  /** Checks the value; see the class for the rules. */
  public EventId {
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      throw new InvalidFieldException(
          "id", "id must be 1 to %d characters long".formatted(MAX_LENGTH));
    }
    PlainText.require("id", value);
    if (value.equals("earliest")
        || value.equals("latest")
        || value.startsWith(REST_OF_LATEST)
        || value.charAt(0) == '#') {
      throw new InvalidFieldException(
          "id", "id must not be 'earliest' or 'latest' and must not begin with 'latest:' or '#'");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
