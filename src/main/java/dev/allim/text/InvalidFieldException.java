package dev.allim.text;

/**
 * A value from outside that breaks a rule of the domain. The message is written for the person who
 * sent it: it says what is wrong and what would be accepted. Nothing has been changed when it is
 * thrown.
 */
public final class InvalidFieldException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final String message;

  /** Names the {@code field} as the sender wrote it and says what is wrong with it. */
  public InvalidFieldException(String field, String message) {
    this.field = field;
    this.message = message;
  }

  /** What is wrong and what would be accepted. */
  @Override
  public String getMessage() {
    return message;
  }

  /** The field at fault, as the sender knows it. */
  public String field() {
    return field;
  }
}
