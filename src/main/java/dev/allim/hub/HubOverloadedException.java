package dev.allim.hub;

import java.time.Duration;

/**
 * More is asked of the hub at once than it can hold or hand on. Nothing was accepted; the publisher
 * should come back later.
 */
public final class HubOverloadedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final Duration PASSES = Duration.ofSeconds(1);

  private final String message;
  private final Duration retryAfter;

  HubOverloadedException(int waiting) {
    this(
        "%d notifications are waiting to be handed on; try again later".formatted(waiting), PASSES);
  }

  /** For what {@code message} says, to be shown to the client. */
  public HubOverloadedException(String message, Duration retryAfter) {
    this.message = message;
    this.retryAfter = retryAfter;
  }

  /** Says what there is too much of. */
  @Override
  public String getMessage() {
    return message;
  }

  /** When it is worth another try. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
