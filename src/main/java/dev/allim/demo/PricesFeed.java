package dev.allim.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.allim.notification.EventName;
import dev.allim.notification.Key;
import dev.allim.notification.Notification;
import dev.allim.topic.Topic;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * Prices of shares that nobody can buy: events named {@code price} on topic {@code demo/prices},
 * each with its symbol as the key, so that {@code since=latest} is the table as it stands.
 */
@ApplicationScoped
class PricesFeed {
  private static final Topic TOPIC = new Topic("demo/prices");
  private static final EventName PRICE = new EventName("price");
  private static final Duration TTL = Duration.ofMinutes(10);
  private static final String[] SYMBOLS = {"BELL", "DRUM", "FLUTE", "GONG", "HARP", "LYRE"};
  private static final double STEP = 0.006;

  private final DemoPublisher publisher;
  private final RandomGenerator random = new Random();

  // Touched by one round at a time.
  private final double[] prices = {184.2, 62.75, 9.48, 421.1, 37.9, 118.6};

  // The first round names every share: a table that has just opened has no holes.
  private boolean opened;

  PricesFeed(DemoPublisher publisher) {
    this.publisher = publisher;
  }

  @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void tick() {
    if (publisher.enabled()) {
      List<Notification> moved = new ArrayList<>();
      for (int i = 0; i < SYMBOLS.length; i++) {
        if (!opened || random.nextInt(3) > 0) {
          moved.add(move(i));
        }
      }
      opened = true;
      if (!moved.isEmpty()) {
        publisher.publish(moved);
      }
    }
  }

  private Notification move(int i) {
    prices[i] *= 1 + random.nextGaussian() * STEP;
    ObjectNode price =
        JsonNodeFactory.instance
            .objectNode()
            .put("symbol", SYMBOLS[i])
            .put("price", Math.round(prices[i] * 100) / 100.0);
    return publisher.notification(TOPIC, PRICE, Optional.of(new Key(SYMBOLS[i])), TTL, price);
  }
}
