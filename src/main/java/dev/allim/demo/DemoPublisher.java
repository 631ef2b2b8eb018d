package dev.allim.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.allim.hub.NotificationHub;
import dev.allim.notification.EventName;
import dev.allim.notification.Key;
import dev.allim.notification.Notification;
import dev.allim.notification.TimeOrderedIds;
import dev.allim.topic.Topic;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jboss.logging.Logger;

/** Publishes what the examples of the page show; what fails is told in the log. Any thread. */
@ApplicationScoped
class DemoPublisher {
  private static final Logger LOG = Logger.getLogger(DemoPublisher.class);

  private final NotificationHub hub;
  private final TimeOrderedIds ids;
  private final DemoConfig config;
  private final Clock clock;

  DemoPublisher(NotificationHub hub, TimeOrderedIds ids, DemoConfig config, Clock clock) {
    this.hub = hub;
    this.ids = ids;
    this.config = config;
    this.clock = clock;
  }

  /** Whether there is anybody to publish for. */
  boolean enabled() {
    return config.enabled() && config.examples();
  }

  /**
   * A notification that says {@code data}.
   *
   * @param ttl for how long it is of use
   */
  Notification notification(
      Topic topic, EventName event, Optional<Key> key, Duration ttl, JsonNode data) {
    return new Notification(
        ids.next(),
        List.of(topic),
        Optional.of(event),
        data.toString(),
        OptionalLong.empty(),
        key,
        Optional.of(clock.instant().plus(ttl)));
  }

  /** Publishes them together. */
  void publish(List<Notification> notifications) {
    hub.publish(notifications)
        .whenComplete((accepted, failure) -> report(Optional.ofNullable(failure)));
  }

  private static void report(Optional<Throwable> failure) {
    failure.ifPresent(why -> LOG.warnf("An example could not publish: %s", why.getMessage()));
  }
}
