package dev.allim.log;

/**
 * The log cannot be written or read now: a full disk, a locked or damaged file, a lost directory or
 * network. Nothing was changed, unless its message says that this is not known. It may pass by
 * itself.
 */
public final class LogUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String message;

  /** Says in words for an operator what is wrong, and what would help. */
  public LogUnavailableException(String message) {
    this.message = message;
  }

  /** Says in words for an operator what is wrong, and what would help. */
  public LogUnavailableException(String message, Throwable cause) {
    super(cause);
    this.message = message;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
