package dev.allim.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.history.Batch;
import dev.allim.history.LogUnavailableException;
import dev.allim.notification.Notification;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A log that has more than it said, and cannot be read when it would be time to look. */
class HandoverTest {
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);
  private final HubEnvironment environment =
      TestHub.environment(HubListener.NONE, allocator, System::nanoTime);
  private final FakeLog log = new FakeLog(1000);
  private final List<String> handedOn = new ArrayList<>();
  private final Handover handover = new Handover(log, environment, this::take);

  private void take(List<Published> batch) {
    for (Published published : batch) {
      handedOn.add(published.id().value());
      published.frame().release();
    }
  }

  private Published kept(int id) {
    Notification notification = TestHub.notification(id, "x", "a");
    long[] positions = log.append(Batch.of(List.of(notification)));
    return Published.at(positions[0], notification, Frame.encode(environment, notification));
  }

  /** It said that it could not, and did. */
  private void keptAgainstItsWord(int id) {
    kept(id).frame().release();
    handover.doubt();
  }

  @Test
  void handsOnWhatTurnedOutToBeKeptFirst() {
    keptAgainstItsWord(1);

    assertThat(handover.handOn(List.of(kept(2)))).isTrue();

    assertThat(handedOn).containsExactly("1", "2");
  }

  @Test
  void holdsBackWhatIsNewerUntilTheLogCanBeReadAgain() {
    keptAgainstItsWord(1);
    Published second = kept(2);
    log.fail(new LogUnavailableException("the directory is gone"));

    assertThat(handover.handOn(List.of(second))).isFalse();
    assertThat(handover.catchUp()).isFalse();
    assertThat(handedOn).isEmpty();

    log.recover();
    assertThat(handover.catchUp()).isTrue();
    assertThat(handedOn).containsExactly("1", "2");
  }

  @Test
  void goesOnWithoutALookBackWhenThereIsNoDoubt() {
    keptAgainstItsWord(1);
    handover.catchUp();
    handover.settle();
    Published second = kept(2);
    log.fail(new LogUnavailableException("unreadable, and not asked"));

    assertThat(handover.handOn(List.of(second))).isTrue();

    assertThat(handedOn).containsExactly("1", "2");
    assertThat(allocator.metric().usedDirectMemory()).isZero();
  }

  @Test
  void handsOnALongTailPageByPage() {
    for (int id = 1; id <= 300; id++) {
      keptAgainstItsWord(id);
    }

    assertThat(handover.catchUp()).isTrue();

    assertThat(handedOn).hasSize(300).startsWith("1", "2").endsWith("299", "300");
    assertThat(allocator.metric().usedDirectMemory()).isZero();
  }
}
