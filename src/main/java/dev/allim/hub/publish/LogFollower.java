package dev.allim.hub.publish;

import dev.allim.hub.ring.PublishedFrame;
import dev.allim.hub.ring.Withdrawal;
import dev.allim.hub.spi.Frame;
import dev.allim.log.EventLog;
import dev.allim.log.LogRecord;
import dev.allim.log.LogUnavailableException;
import dev.allim.log.Page;
import dev.allim.log.TailListener;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Follows the log and hands on what it brings, whoever appended it, in its order and once each. The
 * log says behind what each part stands: where that is further than was handed on, a hole is read
 * from the log before anything newer is handed on; what is gone from there is handed on as a hole.
 *
 * <p>Called by the log, one call at a time.
 */
public final class LogFollower implements TailListener {
  private static final Logger LOG = Logger.getLogger(LogFollower.class);
  private static final int NOTIFICATIONS_A_PAGE = 128;
  private static final int BYTES_A_PAGE = 256 * 1024;

  private final EventLog log;
  private final Frame.Maker maker;
  private final InFlight inFlight;
  private final Consumer<List<PublishedFrame>> next;
  private final Consumer<Withdrawal> gone;
  private long upTo;

  /** Written by the log's thread, read by any. */
  private volatile boolean behind;

  /**
   * Begins behind {@code upTo}.
   *
   * @param next gets what comes, with one reference to each frame
   * @param gone hears of what is to be replayed no more
   */
  public LogFollower(
      EventLog log,
      Frame.Maker maker,
      InFlight inFlight,
      long upTo,
      Consumer<List<PublishedFrame>> next,
      Consumer<Withdrawal> gone) {
    this.log = log;
    this.maker = maker;
    this.inFlight = inFlight;
    this.upTo = upTo;
    this.next = next;
    this.gone = gone;
  }

  /**
   * Whether the log has more than was handed on, as it could not be read: it is handed on with the
   * next that the log tells of. Any thread.
   */
  boolean isBehind() {
    return behind;
  }

  @Override
  public void appended(long after, List<LogRecord> records) {
    behind = !reads(after);
    if (!behind) {
      handOn(records, Long.MAX_VALUE);
    }
  }

  @Override
  public void truncated(Topic topic, long to) {
    gone.accept(new Withdrawal.OfTopic(topic, to));
  }

  @Override
  public void deleted(List<Long> positions) {
    gone.accept(new Withdrawal.At(positions));
  }

  private boolean reads(long to) {
    try {
      while (upTo < to) {
        Page page = log.read(upTo, TopicFilter.wholeLog(), NOTIFICATIONS_A_PAGE, BYTES_A_PAGE);
        long missing = Math.min(to, page.truncatedUpTo());
        if (missing > upTo) {
          upTo = missing;
          next.accept(List.of(PublishedFrame.hole(missing, maker)));
        } else {
          handOn(page.items(), to);
          upTo = Math.max(upTo, Math.min(page.upTo(), to));
        }
      }
      return true;
    } catch (LogUnavailableException unreadable) {
      LOG.debug("What is missing is handed on when it can be read", unreadable);
      return false;
    }
  }

  private void handOn(List<LogRecord> records, long to) {
    List<PublishedFrame> published = encode(records, to);
    if (!published.isEmpty()) {
      upTo = published.get(published.size() - 1).position();
      next.accept(published);
    }
  }

  /** Those that were not handed on yet, up to {@code to}. */
  private List<PublishedFrame> encode(List<LogRecord> records, long to) {
    List<PublishedFrame> published = new ArrayList<>(records.size());
    try {
      for (LogRecord stored : records) {
        if (stored.position() > upTo && stored.position() <= to) {
          published.add(encode(stored));
        }
      }
      return published;
    } catch (RuntimeException | Error failure) {
      behind = true;
      published.forEach(each -> each.frame().release());
      throw failure;
    }
  }

  private PublishedFrame encode(LogRecord stored) {
    Frame frame =
        inFlight
            .take(stored.notification())
            .orElseGet(() -> Frame.encode(maker, stored.notification()));
    return PublishedFrame.of(stored, frame);
  }
}
