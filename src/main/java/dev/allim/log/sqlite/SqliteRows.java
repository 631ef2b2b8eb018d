package dev.allim.log.sqlite;

import dev.allim.notification.EventContext;
import dev.allim.notification.EventId;
import dev.allim.notification.EventName;
import dev.allim.notification.Key;
import dev.allim.notification.Notification;
import dev.allim.notification.TraceParent;
import dev.allim.topic.Addressed;
import dev.allim.topic.Topic;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Notifications as rows: the columns of {@code event} and {@code deferred} that say what it is. */
final class SqliteRows {
  /** In the order in which they are written and read. */
  static final String COLUMNS =
      "id, topic, alternates, event, key, retry, expires, data, trace, private, context";

  /** A parameter for each of them. */
  static final String PARAMETERS = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?";

  /** The columns that say who may see it, see {@link #addressed}. */
  static final String ADDRESSED = "topic, alternates, private";

  private SqliteRows() {}

  private record To(List<Topic> topics, boolean isPrivate) implements Addressed {}

  /** Reads to whom a row is addressed, whose columns begin at {@code first}. */
  static Addressed addressed(ResultSet row, int first) throws SQLException {
    return new To(topics(row.getString(first), text(row, first + 1)), row.getBoolean(first + 2));
  }

  /** Binds a notification to the parameters from {@code first} on. */
  static void bind(PreparedStatement statement, int first, Notification notification)
      throws SQLException {
    statement.setString(first, notification.id().value());
    statement.setString(first + 1, notification.canonicalTopic().name());
    bindText(statement, first + 2, alternates(notification));
    bindText(statement, first + 3, notification.event().map(EventName::value));
    bindText(statement, first + 4, notification.key().map(Key::value));
    bindNumber(statement, first + 5, notification.retry());
    bindNumber(statement, first + 6, millis(notification.expires()));
    statement.setString(first + 7, notification.data());
    bindText(statement, first + 8, notification.trace().map(TraceParent::value));
    statement.setBoolean(first + 9, notification.isPrivate());
    bindText(statement, first + 10, notification.context().map(EventContext::json));
  }

  /** Reads a notification whose columns begin at {@code first}. */
  static Notification read(ResultSet row, int first) throws SQLException {
    return new Notification(
        new EventId(row.getString(first)),
        topics(row.getString(first + 1), text(row, first + 2)),
        text(row, first + 3).map(EventName::new),
        row.getString(first + 7),
        number(row, first + 5),
        text(row, first + 4).map(Key::new),
        number(row, first + 6).stream().mapToObj(Instant::ofEpochMilli).findFirst(),
        text(row, first + 8).map(TraceParent::new),
        row.getBoolean(first + 9),
        text(row, first + 10).map(EventContext::new));
  }

  /** The canonical topic, then the others; a topic has no line end in it. */
  static List<Topic> topics(String canonical, Optional<String> alternates) {
    if (alternates.isEmpty()) {
      return List.of(new Topic(canonical));
    }
    List<Topic> topics = new ArrayList<>();
    topics.add(new Topic(canonical));
    alternates.get().lines().map(Topic::new).forEach(topics::add);
    return topics;
  }

  private static Optional<String> alternates(Notification notification) {
    List<Topic> topics = notification.topics();
    return topics.size() == 1
        ? Optional.empty()
        : Optional.of(topics.stream().skip(1).map(Topic::name).collect(Collectors.joining("\n")));
  }

  static Optional<String> text(ResultSet row, int column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  static OptionalLong number(ResultSet row, int column) throws SQLException {
    long value = row.getLong(column);
    return value == 0 && row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
  }

  static void bindText(PreparedStatement statement, int index, Optional<String> value)
      throws SQLException {
    if (value.isPresent()) {
      statement.setString(index, value.get());
    } else {
      statement.setNull(index, Types.VARCHAR);
    }
  }

  private static void bindNumber(PreparedStatement statement, int index, OptionalLong value)
      throws SQLException {
    if (value.isPresent()) {
      statement.setLong(index, value.getAsLong());
    } else {
      statement.setNull(index, Types.BIGINT);
    }
  }

  /** Rounded up, so that nothing expires or is due before its time. */
  private static OptionalLong millis(Optional<Instant> instant) {
    return instant.isPresent()
        ? OptionalLong.of(instant.get().plusNanos(999_999).toEpochMilli())
        : OptionalLong.empty();
  }
}
