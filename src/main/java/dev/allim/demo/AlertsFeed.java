package dev.allim.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.allim.notification.EventName;
import dev.allim.topic.Topic;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** What a shop tells its people: events named {@code alert} on topic {@code demo/alerts}. */
@ApplicationScoped
class AlertsFeed {
  private static final Topic TOPIC = new Topic("demo/alerts");
  private static final EventName ALERT = new EventName("alert");
  private static final Duration TTL = Duration.ofHours(1);
  private static final int FIRST_ORDER = 1042;

  private record Alert(String level, String ko, String en) {}

  private static final List<Alert> ALERTS =
      List.of(
          new Alert("info", "주문 #%d이 들어왔습니다", "Order #%d came in"),
          new Alert("info", "주문 #%d을 포장하고 있습니다", "Order #%d is being packed"),
          new Alert("success", "주문 #%d이 배송되었습니다", "Order #%d was delivered"),
          new Alert("warning", "주문 #%d의 결제가 늦어지고 있습니다", "The payment of order #%d is late"),
          new Alert("info", "주문 #%d에 후기가 달렸습니다", "Order #%d was reviewed"),
          new Alert("critical", "주문 #%d의 택배가 돌아왔습니다", "The parcel of order #%d came back"));

  private final DemoPublisher publisher;
  private final AtomicInteger rounds = new AtomicInteger();

  AlertsFeed(DemoPublisher publisher) {
    this.publisher = publisher;
  }

  @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void tick() {
    if (publisher.enabled()) {
      ObjectNode alert = next(rounds.getAndIncrement());
      publisher.publish(
          List.of(publisher.notification(TOPIC, ALERT, Optional.empty(), TTL, alert)));
    }
  }

  private static ObjectNode next(int round) {
    Alert alert = ALERTS.get(round % ALERTS.size());
    int order = FIRST_ORDER + round;
    return JsonNodeFactory.instance
        .objectNode()
        .put("level", alert.level())
        .put("ko", alert.ko().formatted(order))
        .put("en", alert.en().formatted(order));
  }
}
