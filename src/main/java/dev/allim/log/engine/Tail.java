package dev.allim.log.engine;

import dev.allim.log.EventLog;
import dev.allim.log.LogRecord;
import dev.allim.log.TailListener;
import dev.allim.topic.Topic;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * For engines: those who follow a log in this program, told one after another and one thing at a
 * time. An engine tells of what is appended in the log's order.
 */
public final class Tail {
  private static final Logger LOG = Logger.getLogger(Tail.class);

  private final List<TailListener> listeners = new CopyOnWriteArrayList<>();

  /** Follows from {@code after} on; what the log has behind it is told at once. */
  public synchronized EventLog.Registration follow(
      long after, TailListener listener, LongSupplier head) {
    listeners.add(listener);
    long now = head.getAsLong();
    if (now > after) {
      tell(listener, following -> following.appended(now, List.of()));
    }
    return () -> listeners.remove(listener);
  }

  /** See {@link TailListener#appended}. */
  public synchronized void appended(long after, List<LogRecord> records) {
    tellAll(listener -> listener.appended(after, records));
  }

  /** See {@link TailListener#truncated}. */
  public synchronized void truncated(Topic topic, long upTo) {
    tellAll(listener -> listener.truncated(topic, upTo));
  }

  /** See {@link TailListener#deleted}. */
  public synchronized void deleted(List<Long> positions) {
    tellAll(listener -> listener.deleted(positions));
  }

  private void tellAll(Consumer<TailListener> news) {
    listeners.forEach(listener -> tell(listener, news));
  }

  /** What is kept is kept, whatever a listener makes of it; it will find a hole and read it. */
  private static void tell(TailListener listener, Consumer<TailListener> news) {
    try {
      news.accept(listener);
    } catch (RuntimeException | Error fault) {
      LOG.error("Handing on what is kept met a fault; publishing goes on", fault);
    }
  }
}
