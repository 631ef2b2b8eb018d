package dev.allim.log;

import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import dev.allim.topic.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Appending as these tests do it: one publication after another, waiting for each. */
public final class Appends {
  private Appends() {}

  /** Appends one publication that has to be kept; the positions that it got. */
  public static long[] append(EventLog log, List<Notification> notifications) {
    Heard heard = new Heard();
    EventLog.Registration following = log.tail(log.status().head(), heard);
    AppendResult result = result(log, AppendRequest.of(notifications));
    following.end();
    if (!(result instanceof AppendResult.Appended)) {
      throw new AssertionError("not appended: " + result);
    }
    return heard.records.stream().mapToLong(LogRecord::position).toArray();
  }

  public static long[] append(EventLog log, Notification... notifications) {
    return append(log, List.of(notifications));
  }

  /** One that waits for its time. */
  public static AppendResult defer(EventLog log, Notification notification, Instant at) {
    return result(
        log,
        new AppendRequest(List.of(AppendRequest.Entry.of(notification, at)), Optional.empty()));
  }

  /** One that is to be appended once. */
  public static AppendRequest once(String key, String fingerprint, Notification... notifications) {
    return new AppendRequest(
        List.of(notifications).stream().map(AppendRequest.Entry::of).toList(),
        Optional.of(new AppendRequest.Idempotency(IdempotencyKey.of(key), fingerprint)));
  }

  public static AppendResult result(EventLog log, AppendRequest request) {
    return results(log, request).get(0);
  }

  static List<AppendResult> results(EventLog log, AppendRequest... group) {
    return join(log.append(List.of(group)));
  }

  public static int deliverDue(LogEngine log, Instant now, int most) {
    return join(log.deliverDue(now, most));
  }

  public static boolean cancel(LogEngine log, String id) {
    return join(log.cancel(new EventId(id)));
  }

  private static <T> T join(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
    }
  }

  /** Writes down what a log tells; any thread may look. */
  public static final class Heard implements TailListener {
    final List<LogRecord> records = new CopyOnWriteArrayList<>();
    public final List<Long> after = new CopyOnWriteArrayList<>();
    final List<String> purged = new CopyOnWriteArrayList<>();
    public final List<Long> deleted = new CopyOnWriteArrayList<>();

    @Override
    public void appended(long position, List<LogRecord> next) {
      after.add(position);
      records.addAll(next);
    }

    @Override
    public void truncated(Topic topic, long upTo) {
      purged.add(topic.name() + "@" + upTo);
    }

    @Override
    public void deleted(List<Long> positions) {
      deleted.addAll(positions);
    }

    /** What was purged, up to where. */
    public List<String> purged() {
      return List.copyOf(purged);
    }

    public List<String> ids() {
      return Notifications.ids(records);
    }
  }
}
