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

/**
 * Somebody to talk to: events named {@code chat} on topic {@code demo/chat}, to which visitors
 * publish as well.
 */
@ApplicationScoped
class ChatFeed {
  private static final Topic TOPIC = new Topic("demo/chat");
  private static final EventName CHAT = new EventName("chat");
  private static final Duration TTL = Duration.ofDays(1);

  private record Line(String ko, String en) {}

  private static final List<Line> LINES =
      List.of(
          new Line("창을 하나 더 열어 보세요. 같은 말이 보입니다.", "Open a second window: it shows the same."),
          new Line("연결을 끊었다 이어도 빠지는 말이 없습니다.", "Go offline and come back: nothing is missing."),
          new Line("이 대화도 알림 하나하나입니다.", "Each line of this chat is a notification."));

  private final DemoPublisher publisher;
  private final AtomicInteger rounds = new AtomicInteger();

  ChatFeed(DemoPublisher publisher) {
    this.publisher = publisher;
  }

  @Scheduled(every = "45s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void tick() {
    if (publisher.enabled()) {
      Line line = LINES.get(rounds.getAndIncrement() % LINES.size());
      ObjectNode said =
          JsonNodeFactory.instance
              .objectNode()
              .put("name", "알림")
              .put("ko", line.ko())
              .put("en", line.en());
      publisher.publish(List.of(publisher.notification(TOPIC, CHAT, Optional.empty(), TTL, said)));
    }
  }
}
