package dev.allim.hub;

import dev.allim.log.LogEngine;
import dev.allim.log.LogRecord;
import dev.allim.log.Page;
import dev.allim.log.Snapshot;
import dev.allim.log.TailListener;
import dev.allim.notification.Notification;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicFilter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;

/**
 * An engine that hands out all there is, whatever is asked for. What has {@link #SECRET} data comes
 * out of it private, since engines cannot keep that yet.
 */
final class ProposingTooMuch {
  static final String SECRET = "secret";

  private final LogEngine kept;

  private ProposingTooMuch(LogEngine kept) {
    this.kept = kept;
  }

  /** In front of {@code kept}. */
  static LogEngine of(LogEngine kept) {
    return (LogEngine)
        Proxy.newProxyInstance(
            LogEngine.class.getClassLoader(),
            new Class<?>[] {LogEngine.class},
            new ProposingTooMuch(kept)::ask);
  }

  private Object ask(Object log, Method method, Object[] arguments) throws Throwable {
    return switch (method.getName()) {
      case "snapshots", "delayedDelivery", "truncation" -> Optional.of(log);
      case "read" ->
          marked(
              kept.read(
                  (long) arguments[0],
                  TopicFilter.wholeLog(),
                  (int) arguments[2],
                  (int) arguments[3]));
      case "readBack" ->
          marked(
              kept.readBack(
                  (long) arguments[0],
                  TopicFilter.wholeLog(),
                  (int) arguments[2],
                  (int) arguments[3]));
      case "state" -> marked(kept.state(TopicFilter.wholeLog()));
      case "retainCurrent" -> arguments[1];
      case "tail" -> kept.tail((long) arguments[0], marking((TailListener) arguments[1]));
      default -> invoke(method, arguments);
    };
  }

  private Object invoke(Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(kept, arguments);
    } catch (InvocationTargetException failure) {
      throw failure.getCause();
    }
  }

  private static Snapshot marked(Snapshot state) {
    return (after, most, mostBytes) -> marked(state.read(after, most, mostBytes));
  }

  private static Page marked(Page page) {
    return new Page(marked(page.items()), page.upTo(), page.complete(), page.truncatedUpTo());
  }

  private static List<LogRecord> marked(List<LogRecord> records) {
    return records.stream().map(ProposingTooMuch::marked).toList();
  }

  private static LogRecord marked(LogRecord stored) {
    Notification notification = stored.notification();
    return notification.data().equals(SECRET)
        ? new LogRecord(stored.position(), stored.published(), notification.keptPrivate())
        : stored;
  }

  private static TailListener marking(TailListener next) {
    return new TailListener() {
      @Override
      public void appended(long after, List<LogRecord> records) {
        next.appended(after, marked(records));
      }

      @Override
      public void truncated(Topic topic, long upTo) {
        next.truncated(topic, upTo);
      }

      @Override
      public void deleted(List<Long> positions) {
        next.deleted(positions);
      }
    };
  }
}
