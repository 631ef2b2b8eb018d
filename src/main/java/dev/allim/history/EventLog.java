package dev.allim.history;

import dev.allim.notification.EventId;
import dev.allim.notification.Interest;
import dev.allim.notification.Topic;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * The log that gives notifications their order and keeps them. {@link #append} is called by one
 * thread at a time; all else by any thread, while appending goes on. Methods may block on a disk or
 * a network, unless {@link #durable} is false.
 *
 * <p>A position is the place of a notification in the total order: positive, growing with every
 * notification, not necessarily by one, and never shown to clients, so that an engine shared by
 * several machines can number as it likes.
 */
public interface EventLog extends AutoCloseable {
  /**
   * Appends a batch, all of it or nothing, in one commit.
   *
   * @return the position of each of its notifications, in the order of the batch; the batch is kept
   *     once this returns
   * @throws LogUnavailableException if it could not be kept, and a later append may succeed.
   *     Nothing of it is kept, unless even that cannot be found out: then its message says so, and
   *     if the batch turns out to be kept, {@link #head} goes up by it
   * @throws IllegalArgumentException if the id of a notification is kept already, or one that is to
   *     wait waits already; nothing of the batch is kept. To be avoided by {@link #isKept} and
   *     {@link Agenda#isPending}: the whole group that is committed together is refused
   */
  long[] append(Batch batch);

  /**
   * The position of the newest notification ever appended, 0 while there was none. Never blocks.
   */
  long head();

  /**
   * The position behind which a reader goes on that has this id: that of the notification with it,
   * if it is still kept, or of the place. Absent also where another notification may have had the
   * id before this one: which of them the reader has cannot be told.
   */
  OptionalLong find(EventId id);

  /** Whether a notification with this id is kept. */
  boolean isKept(EventId id);

  /**
   * Whether it keeps, or kept, any notification whose id may have been another's before, so that
   * nobody but {@link #find} knows what a given id means. Never blocks.
   */
  boolean hasReusedIds();

  /** The ids of its places. Never blocks. */
  Places places();

  /**
   * What is kept behind {@code after} and is asked for, oldest first, without what has expired.
   *
   * <p>The work of one call is bounded, so a page may hold nothing and yet not be {@linkplain
   * Page#complete complete}: the next one goes on at its {@link Page#upTo}, which has moved on.
   *
   * @param most at most so many
   * @param mostBytes about how many bytes of data at most, so that a page of large ones does not
   *     fill the memory
   */
  Page read(long after, Interest interest, int most, int mostBytes);

  /** The current state of what is asked for as of {@code upTo}. */
  State state(Interest interest, long upTo);

  /**
   * The newest position whose notification was published before {@code instant}, whether it is
   * still kept or known to be forgotten, 0 if there is none: whoever reads on from there gets all
   * since then, and has missed what is forgotten behind it. The times of publishing never go back
   * in the log.
   */
  long before(Instant instant);

  /**
   * The position from which on reading misses nothing that is kept: one below the oldest kept, or
   * {@link #head} if nothing is.
   */
  long earliest();

  /**
   * The highest position of anything asked for that is not kept any more, other than by its own
   * expiry; 0 if there is none. Whoever resumes before it has missed something. An engine remembers
   * this of so many topics only: it may give a higher position, below which something else was
   * forgotten, but never a lower one.
   */
  long forgottenUpTo(Interest interest);

  /**
   * Deletes all that is kept with this canonical topic when it is called; how many notifications
   * that were. In small steps, between which others append and read.
   *
   * @throws LogUnavailableException if it could not go on; what was deleted until then stays so
   */
  int purge(Topic topic);

  /**
   * Finds out whether the log can be written, and makes it so if it can be again.
   *
   * @throws LogUnavailableException if not; says why
   */
  default void probe() {}

  /**
   * Whether what was appended survives the end of the program, and so whether methods may block.
   */
  boolean durable();

  @Override
  void close();
}
