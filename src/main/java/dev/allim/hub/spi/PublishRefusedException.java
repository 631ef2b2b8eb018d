package dev.allim.hub.spi;

import dev.allim.log.AppendResult;
import java.util.OptionalInt;

/** A publication that contradicts what is in the log already. Nothing of it was accepted. */
public final class PublishRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int WHOLE = -1;

  /** Why. */
  public enum Cause {
    /** A notification with the id that the publisher chose exists. */
    ID_TAKEN,
    /** The idempotency key was used for something else. */
    KEY_REUSED
  }

  private final Cause reason;
  private final String message;
  private final int index;

  private PublishRefusedException(Cause reason, String message, int index) {
    super(message, null, false, false);
    this.message = message;
    this.reason = reason;
    this.index = index;
  }

  public static PublishRefusedException of(AppendResult.IdTaken taken) {
    return new PublishRefusedException(
        Cause.ID_TAKEN,
        "there is a notification with the id '%s' already".formatted(taken.id()),
        taken.index());
  }

  public static PublishRefusedException of(AppendResult.KeyReused reused) {
    return new PublishRefusedException(
        Cause.KEY_REUSED,
        "the idempotency key '%s' was used %s"
            .formatted(
                reused.key().key(), reused.twice() ? "twice in one batch" : "for something else"),
        reused.index().orElse(WHOLE));
  }

  @Override
  public String getMessage() {
    return message;
  }

  /** Why. */
  public Cause reason() {
    return reason;
  }

  /** The entry at fault, from 0; absent if it is the publication as a whole. */
  public OptionalInt index() {
    return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
  }
}
