package dev.allim.log;

/**
 * The log cannot be written or read now: a full disk, a locked or damaged file, a lost directory or
 * network. Nothing was changed, unless its message says that this is not known. It may pass by
 * itself.
 */
public final class LogUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String message;
  private final boolean inDoubt;

  /** Says in words for an operator what is wrong, and what would help. */
  public LogUnavailableException(String message) {
    this(message, false);
  }

  /** Says in words for an operator what is wrong, and what would help. */
  public LogUnavailableException(String message, Throwable cause) {
    this(message, cause, false);
  }

  private LogUnavailableException(String message, boolean inDoubt) {
    this.message = message;
    this.inDoubt = inDoubt;
  }

  private LogUnavailableException(String message, Throwable cause, boolean inDoubt) {
    super(cause);
    this.message = message;
    this.inDoubt = inDoubt;
  }

  /** Says the same of an append of which nobody knows whether it is kept. */
  public static LogUnavailableException inDoubt(String message) {
    return new LogUnavailableException(message, true);
  }

  /** The same, by its cause. */
  public static LogUnavailableException inDoubt(String message, Throwable cause) {
    return new LogUnavailableException(message, cause, true);
  }

  /**
   * What a client may know and can do: where files and servers are, and how they fare, is for
   * operators.
   */
  public String toClients() {
    return inDoubt
        ? "The history does not answer, and whether this was kept is not known. Send it again with"
            + " the same id or Idempotency-Key: it is published once, whichever it is"
        : "The history cannot be written or read now, and nothing was changed. Try again; the"
            + " hub's log says what is wrong";
  }

  @Override
  public String getMessage() {
    return message;
  }
}
