package dev.allim.log.redis;

import dev.allim.log.LogRecord;
import dev.allim.notification.EventContext;
import dev.allim.notification.EventId;
import dev.allim.notification.EventName;
import dev.allim.notification.Key;
import dev.allim.notification.Notification;
import dev.allim.notification.TraceParent;
import dev.allim.topic.Topic;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a notification stands in the stream: a field of one letter for each thing that it has, see
 * src/docs/redis.md. Fields that are not known are left alone, so that programs of two versions can
 * share a log.
 */
final class RedisForm {
  static final String ID = "i";
  static final String TOPICS = "t";
  static final String DATA = "d";
  static final String EVENT = "e";
  static final String RETRY = "r";
  static final String KEY = "k";
  static final String EXPIRES = "x";
  static final String TRACE = "c";
  static final String PRIVATE = "p";
  static final String CONTEXT = "o";
  static final String PUBLISHED = "a";
  static final String BEFORE = "s";

  private static final String BETWEEN = "\n";

  private RedisForm() {}

  /** Names and values, one after the other. */
  static List<String> fields(Notification notification) {
    List<String> fields = new ArrayList<>();
    put(fields, ID, notification.id().value());
    fields.addAll(fieldsWithoutId(notification));
    return fields;
  }

  /** The same of one whose id is its position. */
  static List<String> fieldsWithoutId(Notification notification) {
    List<String> fields = new ArrayList<>();
    put(
        fields,
        TOPICS,
        notification.topics().stream().map(Topic::name).collect(Collectors.joining(BETWEEN)));
    put(fields, DATA, notification.data());
    notification.event().ifPresent(event -> put(fields, EVENT, event.value()));
    notification.retry().ifPresent(retry -> put(fields, RETRY, Long.toString(retry)));
    notification.key().ifPresent(key -> put(fields, KEY, key.value()));
    notification.expires().ifPresent(at -> put(fields, EXPIRES, Long.toString(at.toEpochMilli())));
    notification.trace().ifPresent(trace -> put(fields, TRACE, trace.value()));
    if (notification.isPrivate()) {
      put(fields, PRIVATE, "1");
    }
    notification.context().ifPresent(context -> put(fields, CONTEXT, context.json()));
    return fields;
  }

  private static void put(List<String> fields, String name, String value) {
    fields.add(name);
    fields.add(value);
  }

  /**
   * An entry.
   *
   * @param record the notification
   * @param before the position of what stood before it under its topic and key, 0 if nothing did
   */
  record Entry(LogRecord record, long before) {}

  /**
   * All of these that can be read: one that cannot, as nobody but this program should write there,
   * is left out, and a line in the log has its position.
   */
  static List<LogRecord> records(Response entries, SealedIds ids) {
    List<LogRecord> records = new ArrayList<>(entries.size());
    for (Response entry : entries) {
      try {
        records.add(entry(entry, ids).record());
      } catch (IllegalArgumentException | IllegalStateException foreign) {
        RedisLog.LOG.errorf("The entry %s of the log cannot be read", entry.get(0));
        RedisLog.LOG.debug("What is wrong with it", foreign);
      }
    }
    return records;
  }

  /**
   * An entry as the stream gives it: its id, {@code position-0} or the position, and its fields. An
   * entry that has no id of its own has that of its position.
   */
  static Entry entry(Response entry, SealedIds ids) {
    String id = text(entry.get(0));
    int dash = id.indexOf('-');
    long position = Long.parseLong(dash < 0 ? id : id.substring(0, dash));
    Map<String, String> fields = fields(entry.get(1));
    fields.computeIfAbsent(ID, absent -> ids.seal(position).value());
    return entry(position, fields);
  }

  private static Map<String, String> fields(Response flat) {
    Map<String, String> fields = new HashMap<>();
    for (int i = 0; i + 1 < flat.size(); i += 2) {
      fields.put(text(flat.get(i)), text(flat.get(i + 1)));
    }
    return fields;
  }

  static String text(Response response) {
    return response.toString(StandardCharsets.UTF_8);
  }

  private static Entry entry(long position, Map<String, String> fields) {
    LogRecord record =
        new LogRecord(position, instant(needed(fields, PUBLISHED)), notification(fields));
    return new Entry(record, Long.parseLong(fields.getOrDefault(BEFORE, "0")));
  }

  /** One that has these fields. */
  static Notification notification(Response flat) {
    return notification(fields(flat));
  }

  private static Notification notification(Map<String, String> fields) {
    return new Notification(
        new EventId(needed(fields, ID)),
        Stream.of(needed(fields, TOPICS).split(BETWEEN)).map(Topic::new).toList(),
        Optional.ofNullable(fields.get(EVENT)).map(EventName::new),
        needed(fields, DATA),
        retry(fields),
        Optional.ofNullable(fields.get(KEY)).map(Key::new),
        Optional.ofNullable(fields.get(EXPIRES)).map(RedisForm::instant),
        Optional.ofNullable(fields.get(TRACE)).map(TraceParent::new),
        fields.containsKey(PRIVATE),
        Optional.ofNullable(fields.get(CONTEXT)).map(EventContext::new));
  }

  private static String needed(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new IllegalStateException("An entry of the log has no field " + name);
    }
    return value;
  }

  private static OptionalLong retry(Map<String, String> fields) {
    String retry = fields.get(RETRY);
    return retry == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(retry));
  }

  private static Instant instant(String millis) {
    return Instant.ofEpochMilli(Long.parseLong(millis));
  }

  /** The name of those that are states of the same: a canonical topic and a key, or none. */
  static String series(Notification notification) {
    return notification.canonicalTopic().name()
        + BETWEEN
        + notification.key().map(key -> "=" + key.value()).orElse("");
  }

  /** The canonical topic in such a name. */
  static Topic topic(String series) {
    return new Topic(series.substring(0, series.indexOf('\n')));
  }
}
