package dev.allim.hub;

import java.time.Duration;

/**
 * More is being published than the hub can hand on. Nothing was accepted; the publisher should come
 * back later.
 */
public final class HubOverloadedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String message;
  private final Duration retryAfter;

  HubOverloadedException(int waiting, Duration retryAfter) {
    this.message =
        "%d notifications are waiting to be handed on; try again later".formatted(waiting);
    this.retryAfter = retryAfter;
  }

  /** Says how many are waiting. */
  @Override
  public String getMessage() {
    return message;
  }

  /** When it is worth another try. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
