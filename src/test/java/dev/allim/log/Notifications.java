package dev.allim.log;

import dev.allim.notification.EventId;
import dev.allim.notification.Key;
import dev.allim.notification.Notification;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicFilter;
import dev.allim.topic.TopicMatcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Notifications as these tests speak of them. */
public final class Notifications {
  /** Bytes that hold all that these tests read at once. */
  public static final int ROOM = 1 << 20;

  private Notifications() {}

  /** One whose data is its id. */
  public static Notification note(String id, String... topics) {
    return new Notification(
        new EventId(id),
        Arrays.stream(topics).map(Topic::new).toList(),
        Optional.empty(),
        id,
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public static Notification keyed(String id, String topic, String key) {
    return note(id, topic).keyed(new Key(key));
  }

  /** So many under one topic, with ids {@code prefix0}, {@code prefix1} and so on. */
  public static List<Notification> many(String prefix, int count, String topic) {
    return IntStream.range(0, count).mapToObj(i -> note(prefix + i, topic)).toList();
  }

  public static TopicFilter filter(String... matchers) {
    return TopicFilter.in(Arrays.stream(matchers).map(TopicMatcher::parse).toList());
  }

  public static List<String> ids(List<LogRecord> stored) {
    return stored.stream().map(each -> each.notification().id().value()).toList();
  }

  /** All that is kept behind {@code after} and asked for, page by page. */
  public static List<String> readAll(EventLog log, long after, String... matchers) {
    List<String> all = new ArrayList<>();
    long at = after;
    Page page;
    do {
      page = log.read(at, filter(matchers), 100, 1 << 20);
      all.addAll(ids(page.items()));
      at = page.upTo();
    } while (!page.complete());
    return all;
  }

  /** All that is kept before {@code before} and asked for, newest first, page by page. */
  public static List<String> readAllBack(EventLog log, long before, String... matchers) {
    List<String> all = new ArrayList<>();
    long at = before;
    Page page;
    do {
      page = log.readBack(at, filter(matchers), 100, 1 << 20);
      all.addAll(ids(page.items()));
      at = page.upTo();
    } while (!page.complete());
    return all;
  }
}
