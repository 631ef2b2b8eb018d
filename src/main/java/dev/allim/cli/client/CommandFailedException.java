package dev.allim.cli.client;

/** Ends a command: what went wrong in words for the terminal, and the exit code that tells it. */
public final class CommandFailedException extends RuntimeException {
  /** Nothing that trying again would change is wrong with what was asked for, but it failed. */
  static final int FAILED = 1;

  /** The hub understood and will not: another token or another request is needed. */
  static final int REFUSED = 3;

  private static final long serialVersionUID = 1;

  private final int exitCode;

  private CommandFailedException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  public static CommandFailedException failed(String message) {
    return new CommandFailedException(FAILED, message);
  }

  public static CommandFailedException refused(String message) {
    return new CommandFailedException(REFUSED, message);
  }

  public int exitCode() {
    return exitCode;
  }
}
