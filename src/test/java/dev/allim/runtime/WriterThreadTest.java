package dev.allim.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Event loops give way to it, but only while it is at work. */
class WriterThreadTest {
  private final WriterThread writer = new WriterThread();

  @AfterEach
  void stop() {
    writer.shutdown();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void isBusyFromTheFirstTaskUntilTheLastIsDone() {
    CountDownLatch disk = new CountDownLatch(1);
    assertThat(writer.isBusy()).isFalse();

    writer.execute(() -> awaitQuietly(disk));
    writer.execute(() -> {});

    assertThat(writer.isBusy()).isTrue();
    disk.countDown();
    await().until(() -> !writer.isBusy());
  }

  @Test
  void runsTheNextTaskAfterOneThatFails() {
    AtomicReference<Thread> before = new AtomicReference<>();
    AtomicReference<Thread> after = new AtomicReference<>();

    writer.execute(
        () -> {
          before.set(Thread.currentThread());
          throw new IllegalStateException("expected by this test");
        });
    writer.execute(() -> after.set(Thread.currentThread()));

    await().until(() -> !writer.isBusy());
    assertThat(after.get()).isNotNull().isSameAs(before.get());
  }
}
