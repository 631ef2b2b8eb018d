package dev.allim.log;

import dev.allim.topic.TopicFilter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The log that gives notifications their order and keeps them, for one machine or many. Safe for
 * any thread. Methods may block on a disk or a network, unless {@link #durable} is false.
 *
 * <p>A position is the place of a notification in the total order: positive, growing with every
 * notification, not necessarily by one, and never shown to clients, so that an engine shared by
 * several machines can number as it likes.
 *
 * <p>What only some engines can, each says at the start: {@link #snapshots}, {@link
 * #delayedDelivery}, {@link #truncation}, {@link #notes}.
 */
public interface EventLog extends AutoCloseable {
  /**
   * Appends a group of publications in one commit, each of them whole or not at all. Whether ids
   * and idempotency keys are free is decided in that commit, once for all machines that share the
   * log; what one publication does wrong refuses no other.
   *
   * @return what became of each, in the order of the group, when all of it is kept and those who
   *     {@linkplain #tail follow} the log in this program have heard of it; fails with {@link
   *     LogUnavailableException} if it could not be kept, and a later append may succeed. Nothing
   *     of it is kept then, unless even that cannot be found out: then the message says so, and if
   *     the group turns out to be kept, those who follow hear of it before anything newer
   */
  CompletionStage<List<AppendResult>> append(List<AppendRequest> group);

  /**
   * Follows the log: {@code listener} hears of all that stands behind {@code after}, in order, own
   * and foreign, once each. There is no other source of what is new.
   */
  Registration tail(long after, TailListener listener);

  /** Somebody follows the log. */
  @FunctionalInterface
  interface Registration {
    /** Follows no longer. */
    void end();
  }

  /** How it is. Never blocks. */
  LogStatus status();

  /**
   * Where somebody begins who asks for {@code filter}, and what is missing there: of one moment, so
   * that whoever reads on from there is told of everything else that goes by the pages.
   *
   * <p>{@link LogStart.After} a notification is its position if it is still kept, and after a place
   * the place; one that is private and not for those who ask is unknown to them, as what is gone of
   * the kind is not missing to them. {@link LogStart.Since} a moment is the newest position whose
   * notification was published before it, whether it is still kept or known to be gone, 0 if there
   * is none; times of publishing never go back in the log. {@link LogStart.Earliest} is one below
   * the oldest that is kept, or the head if nothing is.
   */
  Location locate(LogStart start, TopicFilter filter);

  /**
   * Whether it keeps, or kept, any notification whose id may have been another's before, so that
   * nobody but {@link #locate} knows what a given id means. Never blocks.
   */
  boolean hasReusedIds();

  /** The ids of its places. Never blocks. */
  Places places();

  /**
   * What is kept behind {@code after} and is asked for, oldest first, without what has expired; and
   * up to where something of it is gone, as of the same moment.
   *
   * <p>The work of one call is bounded, so a page may hold nothing and yet not be {@linkplain
   * Page#complete complete}: the next one goes on at its {@link Page#upTo}, which has moved on.
   *
   * @param most at most so many
   * @param mostBytes about how many bytes of data at most, so that a page of large ones does not
   *     fill the memory
   */
  Page read(long after, TopicFilter filter, int most, int mostBytes);

  /**
   * What is kept before {@code before} and is asked for, newest first, without what has expired.
   * The work of one call is bounded as that of {@link #read} is: the next one goes on before its
   * {@link Page#upTo}.
   *
   * @param before a position, {@link #FROM_THE_END} for all there is
   * @param most at most so many
   * @param mostBytes about how many bytes of data at most
   * @return a page whose {@link Page#upTo} is the position down to which the log was read
   */
  Page readBack(long before, TopicFilter filter, int most, int mostBytes);

  /** Before which stands all there is. */
  long FROM_THE_END = Long.MAX_VALUE;

  /** The state of the log, if this engine knows it. */
  default Optional<Snapshots> snapshots() {
    return Optional.empty();
  }

  /** Keeps for later, if this engine can. */
  default Optional<DelayedDelivery> delayedDelivery() {
    return Optional.empty();
  }

  /** Lets go, if this engine can. */
  default Optional<Truncation> truncation() {
    return Optional.empty();
  }

  /** Keeps what is no notification, if this engine can. */
  default Optional<Notes> notes() {
    return Optional.empty();
  }

  /** Where nodes tell each other what is there, if this engine is shared by several. */
  default Optional<SharedRoster> sharedRoster() {
    return Optional.empty();
  }

  /**
   * Finds out whether the log can be written, and makes it so if it can be again. Those who follow
   * it hear up to where it goes.
   *
   * @throws LogUnavailableException if not; says why
   */
  default void probe() {}

  /**
   * Whether what was appended survives the end of the program, and so whether methods may block.
   */
  boolean durable();

  /**
   * Whether what it is given has the id by which subscribers know it. If not, it gives those
   * another that are delivered now and whose id no publisher chose, and says it in what it answers
   * and tells. Always the same.
   */
  default boolean keepsIds() {
    return true;
  }

  /** Whether other programs append to it, too. */
  default boolean isShared() {
    return false;
  }

  @Override
  void close();
}
