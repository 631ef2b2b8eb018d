package dev.allim.hub.lane;

import dev.allim.hub.ring.PublishedFrame;
import dev.allim.hub.settings.HubSettings;
import dev.allim.hub.settings.UnknownIdPolicy;
import dev.allim.hub.spi.Frame;
import dev.allim.hub.spi.Loop;
import dev.allim.hub.spi.StartAt;
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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Reads the log for subscribers that stand where the ring of recent frames does not reach: off the
 * loops, since it may wait for a disk, and back onto the loop with the answer. Safe for any thread.
 *
 * <p>Frames in an answer carry one reference, which belongs to who receives it.
 */
public final class LogReads {
  private static final Logger LOG = Logger.getLogger(LogReads.class);

  /**
   * What one step reads: enough to fill a socket, little enough for ten thousand subscribers at
   * once.
   */
  static final int NOTIFICATIONS_A_STEP = 128;

  static final int BYTES_A_STEP = 256 * 1024;

  /** Of data that is nothing but line feeds: each is a field of its own. */
  private static final int MOST_A_BYTE = 7;

  private final EventLog log;
  private final Frame.Maker maker;
  private final Executor readers;
  private final HubSettings settings;

  public LogReads(EventLog log, Frame.Maker maker, Executor readers, HubSettings settings) {
    this.log = log;
    this.maker = maker;
    this.readers = readers;
    this.settings = settings;
  }

  /** What one step brings at most, about: a step ends with the notification that fills it. */
  static long mostAStep(HubSettings settings) {
    return BYTES_A_STEP + (long) MOST_A_BYTE * settings.mostData();
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

  /** Where a subscriber begins whose last id is not known. */
  StartAt insteadOfUnknown() {
    return settings.unknownId() == UnknownIdPolicy.LIVE
        ? new StartAt.Now()
        : new StartAt.Earliest();
  }

  /**
   * Finds where a subscriber begins that does not begin with the present or in the ring.
   *
   * @param now where its lane stands
   */
  void locate(
      StartAt.Sought start,
      TopicFilter filter,
      long now,
      Loop loop,
      BooleanSupplier gone,
      Consumer<LogAnswer> then) {
    ask(locate(start, filter, now), loop, gone, then);
  }

  /** Reads what comes behind {@code after}. */
  void read(
      long after,
      TopicFilter filter,
      boolean conflate,
      Loop loop,
      BooleanSupplier gone,
      Consumer<LogAnswer> then) {
    ask(() -> Optional.of(read(after, filter, conflate)), loop, gone, then);
  }

  /** Reads what comes behind {@code after} of the state that a subscriber begins with. */
  void readState(
      Snapshot state,
      long after,
      TopicFilter filter,
      Loop loop,
      BooleanSupplier gone,
      Consumer<LogAnswer> then) {
    ask(() -> Optional.of(readState(state, after, filter)), loop, gone, then);
  }

  private interface Question {
    /** Absent if it has to be asked again, behind what others have asked meanwhile. */
    Optional<LogAnswer> ask();
  }

  /** Nothing is read for a subscriber that has {@code gone} while it waited for its turn. */
  private void ask(Question question, Loop loop, BooleanSupplier gone, Consumer<LogAnswer> then) {
    try {
      readers.execute(
          () -> {
            if (!gone.getAsBoolean()) {
              answer(question)
                  .ifPresentOrElse(
                      answer -> tell(answer, loop, then), () -> ask(question, loop, gone, then));
            }
          });
    } catch (RuntimeException | Error busy) {
      LOG.debug("Nobody can read the history for a reader now", busy);
      tell(new LogAnswer.Unavailable(), loop, then);
    }
  }

  private static void tell(LogAnswer answer, Loop loop, Consumer<LogAnswer> then) {
    try {
      loop.execute(() -> then.accept(answer));
    } catch (RuntimeException | Error deaf) {
      if (answer instanceof LogAnswer.Next next) {
        next.release();
      }
      throw deaf;
    }
  }

  /** Whoever asks is answered, whatever happens; for want of memory is a reason to ask again. */
  private static Optional<LogAnswer> answer(Question question) {
    try {
      return question.ask();
    } catch (LogUnavailableException | VirtualMachineError failure) {
      LOG.debug("A reader waits for the history", failure);
      return Optional.of(new LogAnswer.Unavailable());
    } catch (RuntimeException | Error fault) {
      return Optional.of(new LogAnswer.Failed(fault));
    }
  }

  private Question locate(StartAt.Sought start, TopicFilter filter, long now) {
    return start.seek(
        new StartAt.Seeking<Question>() {
          @Override
          public Question after(EventId id) {
            return () -> Optional.of(located(new LogStart.After(id), filter, now));
          }

          @Override
          public Question earliest() {
            return () -> Optional.of(located(new LogStart.Earliest(), filter, now));
          }

          @Override
          public Question since(Instant instant) {
            return () -> Optional.of(located(new LogStart.Since(instant), filter, now));
          }

          @Override
          public Question latest(Optional<EventId> after) {
            return () -> Optional.of(locatedState(after, filter));
          }

          @Override
          public Question last(int count) {
            return new NewestSearch(log, filter, count)::readOn;
          }
        });
  }

  private LogAnswer located(LogStart start, TopicFilter filter, long now) {
    Location location = log.locate(start, filter);
    if (location instanceof Location.Known known) {
      return LogAnswer.Next.of(List.of(), known.position(), known.truncatedUpTo());
    }
    boolean live = settings.unknownId() == UnknownIdPolicy.LIVE;
    return new LogAnswer.UnknownId(live ? now : location.position(), location.truncatedUpTo());
  }

  private LogAnswer locatedState(Optional<EventId> after, TopicFilter filter) {
    LogStart start = after.<LogStart>map(LogStart.After::new).orElseGet(LogStart.Earliest::new);
    Location location = log.locate(start, filter);
    boolean hasSome = after.isPresent() && location instanceof Location.Known;
    return new LogAnswer.Next(
        List.of(),
        hasSome ? location.position() : 0,
        location.truncatedUpTo(),
        Optional.of(snapshots().state(filter)));
  }

  private Snapshots snapshots() {
    return log.snapshots()
        .orElseThrow(() -> new UnsupportedOperationException("This log does not know the state"));
  }

  private LogAnswer readState(Snapshot state, long after, TopicFilter filter) {
    Page page = state.read(after, NOTIFICATIONS_A_STEP, BYTES_A_STEP);
    Optional<Snapshot> rest = page.complete() ? Optional.empty() : Optional.of(state);
    return new LogAnswer.Next(encodeAll(page.items(), filter), page.upTo(), 0, rest);
  }

  private LogAnswer read(long after, TopicFilter filter, boolean conflate) {
    Page page = log.read(after, filter, NOTIFICATIONS_A_STEP, BYTES_A_STEP);
    List<LogRecord> items = conflate ? newestOnly(page, filter) : page.items();
    return LogAnswer.Next.of(encodeAll(items, filter), page.upTo(), page.truncatedUpTo());
  }

  private List<LogRecord> newestOnly(Page page, TopicFilter filter) {
    List<LogRecord> keyed =
        page.items().stream().filter(stored -> stored.notification().key().isPresent()).toList();
    Set<Long> replaced = new HashSet<>();
    keyed.forEach(stored -> replaced.add(stored.position()));
    snapshots().retainCurrent(filter, keyed).forEach(stored -> replaced.remove(stored.position()));
    return page.items().stream().filter(stored -> !replaced.contains(stored.position())).toList();
  }

  /** The log has proposed these; the subscriber is given what its filter admits. */
  private List<PublishedFrame> encodeAll(List<LogRecord> items, TopicFilter filter) {
    List<PublishedFrame> encoded = new ArrayList<>(items.size());
    try {
      for (LogRecord stored : items) {
        if (filter.admits(stored.notification())) {
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
    Frame frame = Frame.encode(maker, stored.notification());
    return PublishedFrame.of(stored, frame);
  }

  /** The newest of the log up to {@code head}, as far as a ring may hold them. Reads. */
  RecentTail tail(long head) {
    return RecentTail.read(log, settings, this::encode, head);
  }
}
