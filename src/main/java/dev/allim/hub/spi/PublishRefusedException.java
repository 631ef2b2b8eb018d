package dev.allim.hub.spi;

import dev.allim.log.AppendResult;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A publication that contradicts what is in the log already, or has no room there. Nothing of it
 * was accepted.
 */
public final class PublishRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int WHOLE = -1;
  private static final long NO_LIMIT = -1;

  /** Why. */
  public enum Cause {
    /** A notification with the id that the publisher chose exists. */
    ID_TAKEN,
    /** The idempotency key was used for something else. */
    KEY_REUSED,
    /** There is no room for more that waits for its time. */
    NO_ROOM_TO_WAIT,
    /** There is no room for more idempotency keys. */
    NO_ROOM_FOR_KEYS
  }

  private final Cause reason;
  private final String message;
  private final int index;
  private final long limit;

  private PublishRefusedException(Cause reason, String message, int index, long limit) {
    super(message, null, false, false);
    this.message = message;
    this.reason = reason;
    this.index = index;
    this.limit = limit;
  }

  public static PublishRefusedException of(AppendResult.IdTaken taken) {
    return new PublishRefusedException(
        Cause.ID_TAKEN,
        "there is a notification with the id '%s' already".formatted(taken.id()),
        taken.index(),
        NO_LIMIT);
  }

  public static PublishRefusedException of(AppendResult.KeyReused reused) {
    return new PublishRefusedException(
        Cause.KEY_REUSED,
        "the idempotency key '%s' was used %s"
            .formatted(
                reused.key().key(), reused.twice() ? "twice in one batch" : "for something else"),
        reused.index().orElse(WHOLE),
        NO_LIMIT);
  }

  public static PublishRefusedException of(AppendResult.NoRoom none) {
    return switch (none.what()) {
      case DELAYED ->
          noRoom(
              Cause.NO_ROOM_TO_WAIT,
              "with this, more would wait for its time than the %d bytes of"
                  + " allim.history.delayed-size; without delay or deliverAt it is delivered now",
              none.limit());
      case KEYS ->
          noRoom(
              Cause.NO_ROOM_FOR_KEYS,
              "with this, idempotency keys would take more than the %d bytes of"
                  + " allim.history.keys-size; each is kept for a day",
              none.limit());
    };
  }

  private static PublishRefusedException noRoom(Cause cause, String words, long limit) {
    return new PublishRefusedException(cause, words.formatted(limit), WHOLE, limit);
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

  /** The limit in bytes that it would have passed, if it is one. */
  public OptionalLong limit() {
    return limit < 0 ? OptionalLong.empty() : OptionalLong.of(limit);
  }
}
