package dev.allim.api;

import dev.allim.notification.EventId;
import dev.allim.notification.EventName;
import dev.allim.notification.InvalidFieldException;
import dev.allim.notification.Notification;
import dev.allim.notification.TimeOrderedIds;
import dev.allim.notification.Topic;
import dev.allim.notification.TopicMatcher;
import io.netty.buffer.ByteBufUtil;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes notifications of what was sent, within the configured limits. */
@ApplicationScoped
class NotificationFactory {
  /** A day: beyond it a browser that waits is as good as gone. */
  private static final long LONGEST_RETRY_MILLIS = 86_400_000;

  private final PublishLimits limits;
  private final TimeOrderedIds ids;

  NotificationFactory(PublishLimits limits, TimeOrderedIds ids) {
    this.limits = limits;
    this.ids = ids;
  }

  Notification create(
      List<Topic> topics,
      Optional<String> id,
      Optional<String> event,
      OptionalLong retry,
      String data) {
    requireAtMost("topics", "topics", topics.size(), limits.topics());
    requireSize(data);
    return new Notification(
        id.map(EventId::new).orElseGet(ids::next),
        topics,
        event.map(this::event),
        data,
        retry(retry),
        Optional.empty(),
        Optional.empty());
  }

  Topic topic(String name) {
    requireAtMost("topic", "characters", length(name), limits.topic());
    return new Topic(name);
  }

  TopicMatcher matcher(String text) {
    requireAtMost("topic", "characters", length(text), limits.topic());
    return TopicMatcher.parse(text);
  }

  /** The matchers of one reader. */
  List<TopicMatcher> matchers(List<String> texts) {
    requireAtMost("topic", "topics", texts.size(), limits.topics());
    return texts.stream().map(this::matcher).toList();
  }

  private EventName event(String name) {
    requireAtMost("event", "characters", length(name), limits.event());
    return new EventName(name);
  }

  private static OptionalLong retry(OptionalLong millis) {
    if (millis.isPresent() && millis.getAsLong() > LONGEST_RETRY_MILLIS) {
      throw over("retry", "milliseconds", LONGEST_RETRY_MILLIS);
    }
    return millis;
  }

  private void requireSize(String data) {
    long limit = limits.data().asLongValue();
    if (data.length() > limit / 3 && ByteBufUtil.utf8Bytes(data) > limit) {
      throw new ProblemException(
          Problem.inField(
                  Response.Status.REQUEST_ENTITY_TOO_LARGE,
                  "data",
                  "data may be at most %d bytes long as UTF-8".formatted(limit))
              .withLimit(limit));
    }
  }

  private static long length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static void requireAtMost(String field, String unit, long actual, long limit) {
    if (actual > limit) {
      throw over(field, unit, limit);
    }
  }

  private static ProblemException over(String field, String unit, long limit) {
    return new ProblemException(
        Problem.inField(
                Response.Status.BAD_REQUEST,
                field,
                "%s may be at most %d %s".formatted(field, limit, unit))
            .withLimit(limit));
  }

  /** For callers that read a number from text. */
  static long millis(String field, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException malformed) {
      throw new InvalidFieldException(
          field, "%s must be a whole number of milliseconds".formatted(field));
    }
  }
}
