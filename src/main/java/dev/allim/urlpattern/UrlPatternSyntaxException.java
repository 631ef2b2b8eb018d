package dev.allim.urlpattern;

/**
 * A pattern that is malformed or too large, or asks for what cannot be matched in linear time. The
 * message is written for the person who sent the pattern, and says what is wrong and where.
 */
public final class UrlPatternSyntaxException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final int position;
  private final String message;

  UrlPatternSyntaxException(int position, String message) {
    this.position = position;
    this.message = message;
  }

  /** The same, said of a part of the pattern. */
  UrlPatternSyntaxException in(String part) {
    return new UrlPatternSyntaxException(
        position, "the %s is malformed at index %d: %s".formatted(part, position, message));
  }

  /** What is wrong and where. */
  @Override
  public String getMessage() {
    return message;
  }

  /** Where, in characters from the beginning of the component that the message names. */
  public int position() {
    return position;
  }
}
