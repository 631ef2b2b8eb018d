package dev.allim.http;

import dev.allim.http.problem.ProblemException;
import dev.allim.http.problem.ProblemType;
import dev.allim.hub.HubConfig;
import dev.allim.hub.spi.Publication.Entry;
import dev.allim.hub.spi.Publication.Idempotency;
import dev.allim.log.IdempotencyKey;
import dev.allim.notification.EventId;
import dev.allim.notification.EventName;
import dev.allim.notification.Key;
import dev.allim.notification.Notification;
import dev.allim.notification.TimeOrderedIds;
import dev.allim.text.InvalidFieldException;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicMatcher;
import io.netty.buffer.ByteBufUtil;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/** Makes notifications of what was sent, within the configured limits. */
@ApplicationScoped
public class NotificationFactory {
  /** A day: beyond it a browser that waits is as good as gone. */
  private static final long LONGEST_RETRY_MILLIS = 86_400_000;

  /** What waits is stored until then. */
  private static final Duration LONGEST_DELAY = Duration.ofDays(30);

  private static final Duration LONGEST_TTL = Duration.ofDays(3650);
  private static final int LONGEST_IDEMPOTENCY_KEY = 255;

  private final PublishLimits limits;
  private final long mostData;
  private final TimeOrderedIds ids;
  private final Clock clock;
  private final List<ReservedNames> reserved;

  NotificationFactory(
      PublishLimits limits,
      HubConfig hub,
      TimeOrderedIds ids,
      Clock clock,
      @All List<ReservedNames> reserved) {
    this.limits = limits;
    this.mostData = hub.limits().data().asLongValue();
    this.ids = ids;
    this.clock = clock;
    this.reserved = List.copyOf(reserved);
  }

  /**
   * Checks one notification and what is wished of it.
   *
   * @param fingerprint of all that was sent for it, asked for only if it has an idempotency key
   */
  public Entry create(
      List<Topic> topics, String data, PublishOptions options, Supplier<String> fingerprint) {
    requireAtMost("topics", "topics", topics.size(), limits.topics());
    requireSize(data);
    Optional<Instant> deliverAt = deliverAt(options);
    Notification open =
        new Notification(
            options.id().map(EventId::given).orElseGet(ids::next),
            topics,
            options.event().map(this::event),
            data,
            retry(options.retry()),
            options.key().map(Key::new),
            options
                .ttl()
                .map(ttl -> deliverAt.orElseGet(clock::instant).plus(inRange("ttl", ttl))));
    return new Entry(
        options.isPrivate() ? open.keptPrivate() : open,
        options.id().isPresent(),
        deliverAt,
        options.idempotencyKey().map(key -> idempotency(key, fingerprint.get())));
  }

  /** Absent for now, which is also where the past is delivered. */
  private Optional<Instant> deliverAt(PublishOptions options) {
    if (options.delay().isPresent() && options.deliverAt().isPresent()) {
      throw new InvalidFieldException("deliverAt", "give either delay or deliverAt");
    }
    Instant now = clock.instant();
    Optional<Instant> at =
        options.delay().map(delay -> now.plus(inRange("delay", delay))).or(options::deliverAt);
    if (at.isPresent() && at.get().isAfter(now.plus(LONGEST_DELAY))) {
      throw over("deliverAt", "days ahead", LONGEST_DELAY.toDays());
    }
    return at.filter(later -> later.isAfter(now));
  }

  private static Duration inRange(String field, Duration duration) {
    Duration longest = field.equals("delay") ? LONGEST_DELAY : LONGEST_TTL;
    if (duration.compareTo(longest) > 0) {
      throw over(field, "days", longest.toDays());
    }
    return duration;
  }

  /** A key of the publisher's own making. */
  public Idempotency idempotency(String key, String fingerprint) {
    if (key.isBlank() || key.length() > LONGEST_IDEMPOTENCY_KEY) {
      throw new InvalidFieldException(
          "idempotencyKey",
          "an idempotency key must be 1 to %d characters long".formatted(LONGEST_IDEMPOTENCY_KEY));
    }
    if (key.indexOf('\n') >= 0) {
      throw new InvalidFieldException(
          "idempotencyKey", "an idempotency key must be one line"); // the scope is another
    }
    return new Idempotency(IdempotencyKey.of(key), fingerprint);
  }

  /** A topic within the limits. */
  public Topic topic(String name) {
    requireAtMost("topic", "characters", length(name), limits.topic());
    Topic topic = new Topic(name);
    if (topic.isReserved()) {
      throw new InvalidFieldException(
          "topic", "topics that begin with '%s' are the hub's own".formatted(Topic.RESERVED));
    }
    reserved.forEach(names -> names.requireFree(topic));
    return topic;
  }

  private TopicMatcher matcher(String text) {
    requireAtMost("topic", "characters", length(text), limits.topic());
    return TopicMatcher.parse(text);
  }

  /** The matchers of one subscriber. */
  public List<TopicMatcher> matchers(List<String> texts) {
    requireAtMost("topic", "topics", texts.size(), limits.topics());
    List<TopicMatcher> matchers = texts.stream().map(this::matcher).toList();
    requireAtMost("topic", "variables", variables(matchers), limits.variables());
    return matchers;
  }

  private static final TopicMatcher.Cases<Integer> VARIABLES =
      new TopicMatcher.Cases<>() {
        @Override
        public Integer anyTopic() {
          return 0;
        }

        @Override
        public Integer exactTopic(Topic topic) {
          return 0;
        }

        @Override
        public Integer template(TopicMatcher.Template template) {
          return template.template().variables();
        }
      };

  private static int variables(List<TopicMatcher> matchers) {
    int variables = 0;
    for (TopicMatcher matcher : matchers) {
      variables += matcher.accept(VARIABLES);
    }
    return variables;
  }

  /**
   * What one request brings is compared with what all subscribers ask for.
   *
   * @throws ProblemException if its topics have too many characters together
   */
  public void requireComparable(List<Entry> entries) {
    long characters = 0;
    Set<Topic> counted = new HashSet<>();
    for (Entry entry : entries) {
      for (Topic topic : entry.notification().topics()) {
        characters += counted.add(topic) ? length(topic.name()) : 0;
      }
    }
    requireAtMost("topics", "characters in one request", characters, limits.topicCharacters());
  }

  private EventName event(String name) {
    requireAtMost("event", "characters", length(name), limits.event());
    EventName event = new EventName(name);
    reserved.forEach(names -> names.requireFree(event));
    return event;
  }

  private static OptionalLong retry(OptionalLong millis) {
    if (millis.isPresent() && millis.getAsLong() > LONGEST_RETRY_MILLIS) {
      throw over("retry", "milliseconds", LONGEST_RETRY_MILLIS);
    }
    return millis;
  }

  private void requireSize(String data) {
    if (data.length() > mostData / 3 && ByteBufUtil.utf8Bytes(data) > mostData) {
      throw new ProblemException(
          ProblemType.TOO_LARGE
              .inField("data", "data may be at most %d bytes long as UTF-8".formatted(mostData))
              .withLimit(mostData, "bytes"));
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
        ProblemType.INVALID_FIELD
            .inField(field, "%s may be at most %d %s".formatted(field, limit, unit))
            .withLimit(limit, unit));
  }
}
