package dev.allim.hub.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.FakeLog;
import dev.allim.hub.TestHub;
import dev.allim.hub.ring.PublishedFrame;
import dev.allim.hub.spi.Frame;
import dev.allim.hub.spi.HubEnvironment;
import dev.allim.hub.spi.HubListener;
import dev.allim.log.AppendRequest;
import dev.allim.log.LogUnavailableException;
import dev.allim.notification.Notification;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A log that goes on without a word, and cannot be read when it would be time to look. */
class LogFollowerTest {
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);
  private final HubEnvironment environment =
      TestHub.environment(HubListener.NONE, allocator, System::nanoTime);
  private final FakeLog log = new FakeLog(1000);
  private final InFlight inFlight = new InFlight();
  private final List<String> handedOn = new ArrayList<>();
  private final List<Frame> frames = new ArrayList<>();
  private final LogFollower follower =
      new LogFollower(log, environment, inFlight, 0, this::take, gone -> {});

  LogFollowerTest() {
    log.tail(0, follower);
  }

  private void take(List<PublishedFrame> batch) {
    for (PublishedFrame published : batch) {
      handedOn.add(published.id().value());
      frames.add(published.frame());
      published.frame().release();
    }
  }

  @AfterEach
  void everyByteIsGivenBack() {
    assertThat(allocator.metric().usedDirectMemory()).isZero();
  }

  private static Notification note(int id) {
    return TestHub.notification(id, "x", "a");
  }

  private void append(int id) {
    log.append(List.of(AppendRequest.of(List.of(note(id)))));
  }

  @Test
  void handsOnWhoeverAppendedItInTheLogsOrder() {
    append(1);
    log.foreign(List.of(note(2), note(3)));
    append(4);

    assertThat(handedOn).containsExactly("1", "2", "3", "4");
  }

  @Test
  void readsAHoleBeforeItHandsOnWhatIsNewer() {
    log.unheard(List.of(note(1)));
    append(2);
    log.unheard(List.of(note(3)));
    log.probe();

    assertThat(handedOn).containsExactly("1", "2", "3");
  }

  @Test
  void holdsBackWhatIsNewerUntilTheLogCanBeReadAgain() {
    log.unheard(List.of(note(1), note(2)));
    log.fail(new LogUnavailableException("the directory is gone"));
    follower.appended(1, List.of());
    assertThat(handedOn).isEmpty();
    assertThat(follower.isBehind()).isTrue();
    log.recover();

    log.probe();

    assertThat(handedOn).containsExactly("1", "2");
    assertThat(follower.isBehind()).isFalse();
  }

  @Test
  void handsOnNothingTwice() {
    append(1);
    log.foreign(List.of(note(2)));

    follower.appended(0, log.read(0, dev.allim.topic.TopicFilter.everything(), 9, 9).items());

    assertThat(handedOn).containsExactly("1", "2");
  }

  @Test
  void readsALongHolePageByPage() {
    for (int id = 1; id <= 300; id++) {
      log.unheard(List.of(note(id)));
    }

    log.probe();

    assertThat(handedOn).hasSize(300).startsWith("1", "2").endsWith("299", "300");
  }

  @Test
  void whatIsInFlightIsNotEncodedAgain() {
    Notification own = note(1);
    Frame frame = Frame.encode(environment, own);
    inFlight.put(List.of(new InFlight.Encoded(own, frame)));

    append(1);

    assertThat(frames).containsExactly(frame);
  }

  @Test
  void whatAnotherPublishedUnderTheSameIdIsNotTakenForOwn() {
    InFlight.Encoded own = new InFlight.Encoded(note(1), Frame.encode(environment, note(1)));
    inFlight.put(List.of(own));

    log.foreign(List.of(TestHub.notification(1, "another's", "a")));

    assertThat(frames).doesNotContain(own.frame());
    inFlight.withdraw(List.of(own));
  }
}
