package dev.allim.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.fanout.FanOutScan;
import dev.allim.hub.spi.HubEnvironment;
import dev.allim.hub.spi.HubListener;
import dev.allim.hub.spi.MemoryBudget;
import dev.allim.hub.spi.StartAt;
import dev.allim.hub.spi.SubscribeRequest;
import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import dev.allim.sse.SseEncoder;
import dev.allim.testing.HandClock;
import dev.allim.testing.ReceivedEvent;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicFilter;
import dev.allim.topic.TopicMatcher;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A lane that comes to rest is woken by the next that is published, without waiting for a tick. */
class WakingTest {
  private final ManualLoop loop = new ManualLoop();
  private final PublishingClock clock = new PublishingClock();
  private final NotificationHub hub =
      new NotificationHub(
          TestSettings.DEFAULT.toHubSettings(),
          new FakeLog(0),
          List.of(loop),
          new HubEnvironment(
              new SseEncoder(),
              HubListener.NONE,
              new UnpooledByteBufAllocator(true, true),
              System::nanoTime,
              clock,
              TestHub.HALFWAY,
              Runnable::run,
              Runnable::run,
              new MemoryBudget(Long.MAX_VALUE, System::nanoTime)),
          TestHub.BY_HAND);
  private int published;

  /** Publishes when it is looked at, which a lane does while it takes what may expire. */
  private static final class PublishingClock extends HandClock {
    Runnable atNextLook = () -> {};

    @Override
    public long millis() {
      Runnable action = atNextLook;
      atNextLook = () -> {};
      action.run();
      return super.millis();
    }
  }

  private Notification next(String topic, String data) {
    return Notification.of(new EventId("" + ++published), new Topic(topic), data);
  }

  private RecordingWire join(String topic) {
    RecordingWire wire = new RecordingWire();
    TopicFilter filter = TopicFilter.in(List.of(TopicMatcher.parse(topic)));
    loop.on(() -> hub.subscribe(SubscribeRequest.of(filter, new StartAt.Now(), wire, () -> {})));
    return wire;
  }

  private static List<String> ids(RecordingWire wire) {
    return wire.events().stream().map(ReceivedEvent::lastEventId).toList();
  }

  /**
   * The wake-up comes while the lane is at work anyway, and two that are too large to ride together
   * keep it from looking into its mailbox before its last turn.
   */
  @Test
  void comesForWhatIsPublishedAfterALaneTookSomethingInPassing() {
    List<RecordingWire> many = Stream.generate(() -> join("many")).limit(100).toList();
    RecordingWire one = join("one");
    String large = "x".repeat(FanOutScan.JOINED_BYTES);
    clock.atNextLook =
        () -> hub.publish(List.of(next("one", large), next("one", large), next("one", large)));
    hub.publish(List.of(next("many", "x").expiring(HandClock.START.plusSeconds(1))));
    loop.runAll();

    hub.publish(List.of(next("one", "last")));
    loop.runAll();

    assertThat(many).allSatisfy(wire -> assertThat(ids(wire)).containsExactly("1"));
    assertThat(ids(one)).containsExactly("2", "3", "4", "5");
  }
}
