package dev.allim.history;

import dev.allim.notification.EventId;
import dev.allim.notification.Interest;
import dev.allim.notification.Key;
import dev.allim.notification.Notification;
import dev.allim.notification.Topic;
import dev.allim.notification.TopicMatcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Notifications as these tests speak of them. */
final class Notifications {
  private Notifications() {}

  /** One whose data is its id. */
  static Notification note(String id, String... topics) {
    return new Notification(
        new EventId(id),
        Arrays.stream(topics).map(Topic::new).toList(),
        Optional.empty(),
        id,
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static Notification keyed(String id, String topic, String key) {
    return note(id, topic).keyed(new Key(key));
  }

  /** So many under one topic, with ids {@code prefix0}, {@code prefix1} and so on. */
  static List<Notification> many(String prefix, int count, String topic) {
    return IntStream.range(0, count).mapToObj(i -> note(prefix + i, topic)).toList();
  }

  static Interest interest(String... matchers) {
    return Interest.in(Arrays.stream(matchers).map(TopicMatcher::parse).toList());
  }

  static List<String> ids(List<Stored> stored) {
    return stored.stream().map(each -> each.notification().id().value()).toList();
  }

  /** All that is kept behind {@code after} and asked for, page by page. */
  static List<String> readAll(EventLog log, long after, String... matchers) {
    List<String> all = new ArrayList<>();
    long at = after;
    Page page;
    do {
      page = log.read(at, interest(matchers), 100, 1 << 20);
      all.addAll(ids(page.items()));
      at = page.upTo();
    } while (!page.complete());
    return all;
  }
}
