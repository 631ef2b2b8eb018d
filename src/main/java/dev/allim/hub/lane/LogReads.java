package dev.allim.hub.lane;

import dev.allim.hub.ring.PublishedFrame;
import dev.allim.hub.spi.Frame;
import dev.allim.hub.spi.HubEnvironment;
import dev.allim.hub.spi.HubSettings;
import dev.allim.hub.spi.Loop;
import dev.allim.hub.spi.StartAt;
import dev.allim.hub.spi.UnknownIdPolicy;
import dev.allim.log.EventLog;
import dev.allim.log.Location;
import dev.allim.log.LogRecord;
import dev.allim.log.LogStart;
import dev.allim.log.LogUnavailableException;
import dev.allim.log.Page;
import dev.allim.log.Snapshot;
import dev.allim.log.Snapshots;
import dev.allim.notification.EventId;
import dev.allim.topic.TopicFilter;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Reads the log for readers that stand where the ring of recent frames does not reach: off the
 * loops, since it may wait for a disk, and back onto the loop with the answer. Safe for any thread.
 *
 * <p>Frames in an answer carry one reference, which belongs to who receives it.
 */
public final class LogReads {
  private static final Logger LOG = Logger.getLogger(LogReads.class);

  /**
   * What one step reads: enough to fill a socket, little enough for ten thousand readers at once.
   */
  private static final int NOTIFICATIONS_A_STEP = 128;

  static final int BYTES_A_STEP = 256 * 1024;

  private final EventLog log;
  private final HubEnvironment environment;
  private final HubSettings settings;

  public LogReads(EventLog log, HubEnvironment environment, HubSettings settings) {
    this.log = log;
    this.environment = environment;
    this.settings = settings;
  }

  /** A new id of the place behind {@code position}. Never blocks. */
  EventId seal(long position) {
    return log.places().seal(position);
  }

  /** The position that this id is a place behind, if it is that. Never blocks. */
  OptionalLong place(EventId id) {
    return log.places().open(id);
  }

  /** Whether this id never was another notification's, so that it means the one there is. */
  boolean meansOne(EventId id) {
    return id.isMadeByHub() || !log.hasReusedIds();
  }

  /** Where a reader begins whose last id is not known. */
  StartAt insteadOfUnknown() {
    return settings.unknownId() == UnknownIdPolicy.LIVE
        ? new StartAt.Now()
        : new StartAt.Earliest();
  }

  /** What the log says to a reader. */
  sealed interface Answer {
    /**
     * What comes next for it.
     *
     * @param items to be written in this order
     * @param upTo where it stands then
     * @param truncatedUpTo up to where something that it asks for is gone
     * @param state that it begins with, as long as there is more of it behind {@code upTo}
     */
    record Next(List<PublishedFrame> items, long upTo, long truncatedUpTo, Optional<Snapshot> state)
        implements Answer {
      static Next of(List<PublishedFrame> items, long upTo, long truncatedUpTo) {
        return new Next(items, upTo, truncatedUpTo, Optional.empty());
      }

      void release() {
        items.forEach(item -> item.frame().release());
      }
    }

    /**
     * There is no notification with the id that the reader named.
     *
     * @param resumeAt where it goes on instead
     * @param truncatedUpTo up to where something that it asks for is gone
     */
    record UnknownId(long resumeAt, long truncatedUpTo) implements Answer {}

    /** The log cannot be read now; it is worth asking again. */
    record Unavailable() implements Answer {}

    /**
     * Reading met a fault, which may be met again.
     *
     * @param fault what went wrong
     */
    record Failed(Throwable fault) implements Answer {}
  }

  /**
   * Finds where a reader begins that does not begin with the present or in the ring.
   *
   * @param now where its lane stands
   */
  void locate(
      StartAt.Sought start,
      TopicFilter interest,
      long now,
      Loop loop,
      BooleanSupplier gone,
      Consumer<Answer> then) {
    ask(locate(start, interest, now), loop, gone, then);
  }

  /** Reads what comes behind {@code after}. */
  void read(
      long after,
      TopicFilter interest,
      boolean conflate,
      Loop loop,
      BooleanSupplier gone,
      Consumer<Answer> then) {
    ask(() -> Optional.of(read(after, interest, conflate)), loop, gone, then);
  }

  /** Reads what comes behind {@code after} of the state that a reader begins with. */
  void readState(
      Snapshot state,
      long after,
      TopicFilter interest,
      Loop loop,
      BooleanSupplier gone,
      Consumer<Answer> then) {
    ask(() -> Optional.of(readState(state, after, interest)), loop, gone, then);
  }

  private interface Question {
    /** Absent if it has to be asked again, behind what others have asked meanwhile. */
    Optional<Answer> ask();
  }

  /** Nothing is read for a reader that has {@code gone} while it waited for its turn. */
  private void ask(Question question, Loop loop, BooleanSupplier gone, Consumer<Answer> then) {
    try {
      environment
          .readers()
          .execute(
              () -> {
                if (!gone.getAsBoolean()) {
                  answer(question)
                      .ifPresentOrElse(
                          answer -> tell(answer, loop, then),
                          () -> ask(question, loop, gone, then));
                }
              });
    } catch (RuntimeException | Error busy) {
      LOG.debug("Nobody can read the history for a reader now", busy);
      tell(new Answer.Unavailable(), loop, then);
    }
  }

  private static void tell(Answer answer, Loop loop, Consumer<Answer> then) {
    try {
      loop.execute(() -> then.accept(answer));
    } catch (RuntimeException | Error deaf) {
      if (answer instanceof Answer.Next next) {
        next.release();
      }
      throw deaf;
    }
  }

  /** Whoever asks is answered, whatever happens; for want of memory is a reason to ask again. */
  private static Optional<Answer> answer(Question question) {
    try {
      return question.ask();
    } catch (LogUnavailableException | VirtualMachineError failure) {
      LOG.debug("A reader waits for the history", failure);
      return Optional.of(new Answer.Unavailable());
    } catch (RuntimeException | Error fault) {
      return Optional.of(new Answer.Failed(fault));
    }
  }

  private Question locate(StartAt.Sought start, TopicFilter interest, long now) {
    return start.seek(
        new StartAt.Seeking<Question>() {
          @Override
          public Question after(EventId id) {
            return () -> Optional.of(located(new LogStart.After(id), interest, now));
          }

          @Override
          public Question earliest() {
            return () -> Optional.of(located(new LogStart.Earliest(), interest, now));
          }

          @Override
          public Question since(Instant instant) {
            return () -> Optional.of(located(new LogStart.Since(instant), interest, now));
          }

          @Override
          public Question latest(Optional<EventId> after) {
            return () -> Optional.of(locatedState(after, interest));
          }

          @Override
          public Question last(int count) {
            return new NewestSearch(log, interest, count)::readOn;
          }
        });
  }

  private Answer located(LogStart start, TopicFilter interest, long now) {
    Location location = log.locate(start, interest);
    if (location instanceof Location.Known known) {
      return Answer.Next.of(List.of(), known.position(), known.truncatedUpTo());
    }
    boolean live = settings.unknownId() == UnknownIdPolicy.LIVE;
    return new Answer.UnknownId(live ? now : location.position(), location.truncatedUpTo());
  }

  private Answer locatedState(Optional<EventId> after, TopicFilter interest) {
    LogStart start = after.<LogStart>map(LogStart.After::new).orElseGet(LogStart.Earliest::new);
    Location location = log.locate(start, interest);
    boolean hasSome = after.isPresent() && location instanceof Location.Known;
    return new Answer.Next(
        List.of(),
        hasSome ? location.position() : 0,
        location.truncatedUpTo(),
        Optional.of(snapshots().state(interest)));
  }

  private Snapshots snapshots() {
    return log.snapshots()
        .orElseThrow(() -> new UnsupportedOperationException("This log does not know the state"));
  }

  private Answer readState(Snapshot state, long after, TopicFilter interest) {
    Page page = state.read(after, NOTIFICATIONS_A_STEP, BYTES_A_STEP);
    Optional<Snapshot> rest = page.complete() ? Optional.empty() : Optional.of(state);
    return new Answer.Next(encodeAll(page.items(), interest), page.upTo(), 0, rest);
  }

  private Answer read(long after, TopicFilter interest, boolean conflate) {
    Page page = log.read(after, interest, NOTIFICATIONS_A_STEP, BYTES_A_STEP);
    List<LogRecord> items = conflate ? newestOnly(page, interest) : page.items();
    return Answer.Next.of(encodeAll(items, interest), page.upTo(), page.truncatedUpTo());
  }

  private List<LogRecord> newestOnly(Page page, TopicFilter interest) {
    List<LogRecord> keyed =
        page.items().stream().filter(stored -> stored.notification().key().isPresent()).toList();
    Set<Long> replaced = new HashSet<>();
    keyed.forEach(stored -> replaced.add(stored.position()));
    snapshots()
        .retainCurrent(interest, keyed)
        .forEach(stored -> replaced.remove(stored.position()));
    return page.items().stream().filter(stored -> !replaced.contains(stored.position())).toList();
  }

  /** The log has proposed these; the subscriber is given what its filter admits. */
  private List<PublishedFrame> encodeAll(List<LogRecord> items, TopicFilter interest) {
    List<PublishedFrame> encoded = new ArrayList<>(items.size());
    try {
      for (LogRecord stored : items) {
        if (interest.admits(stored.notification())) {
          encoded.add(encode(stored));
        }
      }
      return encoded;
    } catch (RuntimeException | Error failure) {
      encoded.forEach(item -> item.frame().release());
      throw failure;
    }
  }

  private PublishedFrame encode(LogRecord stored) {
    Frame frame = Frame.encode(environment, stored.notification());
    return PublishedFrame.of(stored, frame);
  }

  /**
   * A part of the newest of the log, so that readers who resume after a restart are served from
   * memory.
   *
   * @param items oldest first, each with a reference that belongs to the receiver
   * @param after the position behind which they stand
   * @param upTo the position up to which they stand
   */
  record Tail(List<PublishedFrame> items, long after, long upTo) {
    void retain() {
      items.forEach(item -> item.frame().retain());
    }

    void release() {
      items.forEach(item -> item.frame().release());
    }
  }

  /** The newest of the log up to {@code head}, as far as a ring may hold them. Reads. */
  Tail tail(long head) {
    ArrayDeque<PublishedFrame> items = new ArrayDeque<>();
    try {
      return tail(head, items);
    } catch (RuntimeException | Error failure) {
      items.forEach(item -> item.frame().release());
      throw failure;
    }
  }

  private Tail tail(long head, ArrayDeque<PublishedFrame> items) {
    long start = Math.max(0, head - settings.recentFrames());
    long bytes = 0;
    for (long at = start; at < head; ) {
      Page page = log.read(at, TopicFilter.wholeLog(), NOTIFICATIONS_A_STEP, BYTES_A_STEP);
      at = page.upTo();
      for (LogRecord stored : page.items()) {
        if (stored.position() <= head) {
          PublishedFrame item = encode(stored);
          items.add(item);
          bytes += item.frame().size();
        }
      }
      for (; bytes > settings.recentBytes() && items.size() > 1; ) {
        PublishedFrame oldest = items.remove();
        bytes -= oldest.frame().size();
        start = oldest.position();
        oldest.frame().release();
      }
    }
    return new Tail(List.copyOf(items), start, head);
  }
}
