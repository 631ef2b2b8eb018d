package dev.allim.hub.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.spi.HubEnvironment.Writer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

/** When the writer waits for others, and for how many. */
class CommandQueueTest {
  private final PausingWriter writer = new PausingWriter();
  private final CommandQueue queue = new CommandQueue(writer);

  /** Does something else during each pause. */
  private static final class PausingWriter implements Writer {
    final Deque<Runnable> meanwhile = new ArrayDeque<>();
    int pauses;
    int woken;

    @Override
    public void execute(Runnable task) {
      throw new AssertionError("nothing is executed here");
    }

    @Override
    public void pause() {
      pauses++;
      if (!meanwhile.isEmpty()) {
        meanwhile.remove().run();
      }
    }

    @Override
    public void wake() {
      woken++;
    }
  }

  private void add(int commands) {
    for (int i = 0; i < commands; i++) {
      queue.add(new Command.DeliverDue());
    }
  }

  /** Takes what one commit takes; how many. */
  private int commit() {
    int taken = 0;
    for (Command next = queue.take(); next != null; next = queue.remove()) {
      taken++;
    }
    return taken;
  }

  @Test
  void theFirstAfterARestGoesAtOnce() {
    add(1);
    assertThat(commit()).isEqualTo(1);
    assertThat(commit()).isZero();

    add(3);
    assertThat(commit()).isEqualTo(3);

    assertThat(writer.pauses).isZero();
  }

  @Test
  void onePublisherWhoWaitsForEachAnswerIsNeverKeptWaiting() {
    for (int i = 0; i < 10; i++) {
      add(1);
      assertThat(commit()).isEqualTo(1);
      assertThat(commit()).isZero();
    }

    assertThat(writer.pauses).isZero();
  }

  @Test
  void afterACommitOfThreeTheNextWaitsForAsMany() {
    add(3);
    commit();
    writer.meanwhile.add(
        () -> {
          add(2);
          assertThat(writer.woken).isZero();
          add(1);
          assertThat(writer.woken).isEqualTo(1);
          add(1);
        });

    assertThat(commit()).isEqualTo(4);

    assertThat(writer.pauses).isEqualTo(1);
    assertThat(writer.woken).isEqualTo(1);
  }

  @Test
  void thoseWhoCameDuringTheCommitCountAsWell() {
    add(1);
    queue.take();
    add(1);
    writer.meanwhile.add(() -> add(1));

    assertThat(commit()).isEqualTo(2);

    assertThat(writer.pauses).isEqualTo(1);
  }

  @Test
  void whereEnoughAreThereNobodyIsWaitedFor() {
    add(16);
    commit();
    add(16);

    assertThat(commit()).isEqualTo(16);

    assertThat(writer.pauses).isZero();
  }

  @Test
  void noMoreIsWaitedForThanMakesACommitCheap() {
    add(1_000);
    commit();
    writer.meanwhile.add(() -> add(16));

    assertThat(commit()).isEqualTo(16);

    assertThat(writer.woken).isEqualTo(1);
  }

  @Test
  void whoComesNoMoreIsSoonWaitedForNoLonger() {
    add(8);
    commit();
    for (int i = 0; i < 4; i++) {
      writer.meanwhile.add(() -> add(1));
      commit();
    }
    assertThat(writer.pauses).isEqualTo(3);

    add(1);
    commit();
    assertThat(commit()).isZero();

    assertThat(writer.pauses).isEqualTo(3);
  }
}
