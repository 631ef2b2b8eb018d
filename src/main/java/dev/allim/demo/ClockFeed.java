package dev.allim.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.allim.hub.NotificationHub;
import dev.allim.notification.EventName;
import dev.allim.notification.Notification;
import dev.allim.notification.TimeOrderedIds;
import dev.allim.topic.Topic;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Every three seconds an unnamed event with JSON and an event named {@code update} with text, both
 * with the time, on topic {@code clock}: what {@code new EventSource('/events')} with {@code
 * onmessage} and an {@code update} listener shows.
 */
@ApplicationScoped
public class ClockFeed {
  private static final Logger LOG = Logger.getLogger(ClockFeed.class);
  private static final Topic TOPIC = new Topic("clock");
  private static final EventName UPDATE = new EventName("update");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofLocalizedTime(FormatStyle.MEDIUM).withLocale(Locale.KOREAN);

  private final NotificationHub hub;
  private final TimeOrderedIds ids;
  private final DemoConfig config;
  private final Clock clock;

  @Inject
  ClockFeed(NotificationHub hub, TimeOrderedIds ids, DemoConfig config) {
    this(hub, ids, config, Clock.system(ZoneId.systemDefault()));
  }

  ClockFeed(NotificationHub hub, TimeOrderedIds ids, DemoConfig config, Clock clock) {
    this.hub = hub;
    this.ids = ids;
    this.config = config;
    this.clock = clock;
  }

  @Scheduled(
      every = "${allim.demo.every:3s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void tick() {
    if (config.enabled()) {
      publish();
    }
  }

  private void publish() {
    String time = TIME.format(LocalTime.now(clock));
    String message = "서버에서 보낸 메시지: " + time;
    String json = JsonNodeFactory.instance.objectNode().put("message", message).toString();
    hub.publish(
            List.of(
                Notification.of(ids.next(), TOPIC, json),
                Notification.of(ids.next(), TOPIC, "업데이트된 시간: " + time).named(UPDATE)))
        .whenComplete((ids, failure) -> report(Optional.ofNullable(failure)));
  }

  private static void report(Optional<Throwable> failure) {
    failure.ifPresent(why -> LOG.warnf("The demo feed could not publish: %s", why.getMessage()));
  }
}
