package dev.allim.notification;

import dev.allim.text.InvalidFieldException;
import dev.allim.text.PlainText;

/**
 * The id of a notification, or of a place between two: what a browser sends back as {@code
 * Last-Event-ID} to go on where it was. Opaque to clients and valid as an SSE id (WHATWG HTML,
 * 9.2): one line, no control or format characters.
 *
 * @param value 1 to {@value #MAX_LENGTH} characters
 */
public record EventId(String value) {
  /** Long enough for a URN or URL, short enough for a header. */
  public static final int MAX_LENGTH = 256;

  /** Before an id it is the place in the current state behind the notification with that id. */
  public static final String REST_OF_LATEST = "latest:";

  /** What the id of a place begins with. */
  public static final String PLACE = "place:";

  private static final String UUID = "urn:uuid:";
  private static final int UUID_LENGTH = UUID.length() + 36;
  private static final int VERSION_AT = UUID.length() + 14;

  /** Checks that it can stand in an {@code id} field; what publishers may choose is narrower. */
  public EventId {
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      throw new InvalidFieldException(
          "id", "id must be 1 to %d characters long".formatted(MAX_LENGTH));
    }
    PlainText.require("id", value);
  }

  /**
   * The id that a publisher chose.
   *
   * @throws InvalidFieldException if a header could not carry it back unchanged, as HTTP strips
   *     white space at the edges of a field, or if it is one that only the hub gives
   */
  public static EventId given(String value) {
    EventId id = new EventId(value);
    if (isSpace(value.codePointAt(0)) || isSpace(value.codePointBefore(value.length()))) {
      throw new InvalidFieldException("id", "id must not begin or end with white space");
    }
    if (isReserved(value)) {
      throw new InvalidFieldException(
          "id",
          "id must not be 'earliest' or 'latest' and must not begin with 'latest:', 'place:' or"
              + " '#'");
    }
    if (id.isMadeByHub()) {
      throw new InvalidFieldException(
          "id", "id must not be a UUID of version 8, as the ids that the hub makes are");
    }
    return id;
  }

  private static boolean isSpace(int codePoint) {
    return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
  }

  private static boolean isReserved(String value) {
    return value.equals("earliest")
        || value.equals("latest")
        || value.startsWith(REST_OF_LATEST)
        || value.startsWith(PLACE)
        || value.charAt(0) == '#';
  }

  /** Whether it has the form of those that {@link TimeOrderedIds} makes, and no publisher gives. */
  public boolean isMadeByHub() {
    return value.length() == UUID_LENGTH
        && value.charAt(VERSION_AT) == '8'
        && value.startsWith(UUID);
  }

  /** Whether it has the form of the id of a place in the log. */
  public boolean isPlace() {
    return value.startsWith(PLACE);
  }

  @Override
  public String toString() {
    return value;
  }
}
