package dev.allim.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Event loops give way to it, but only while it is at work. */
class WriterThreadTest {
  private final WriterThread writer = new WriterThread(Duration.ZERO);

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

  private static WriterThread pausing(Duration pause) {
    return new WriterThread(pause);
  }

  @Test
  void isNotBusyWhileItPausesAndGoesOnWhenItIsWoken() {
    WriterThread patient = pausing(Duration.ofHours(1));
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    patient.execute(
        () -> {
          begun.countDown();
          patient.pause();
          over.countDown();
        });
    awaitQuietly(begun);
    await().until(() -> !patient.isBusy());

    patient.wake();

    awaitQuietly(over);
    patient.shutdown();
  }

  @Test
  void aWakeThatComesBeforeThePauseEndsIt() {
    WriterThread patient = pausing(Duration.ofHours(1));
    CountDownLatch over = new CountDownLatch(1);
    patient.execute(
        () -> {
          patient.wake();
          patient.pause();
          over.countDown();
        });

    awaitQuietly(over);
    patient.shutdown();
  }

  @Test
  void aPauseIsOverByItself() {
    WriterThread patient = pausing(Duration.ofMillis(1));
    CountDownLatch over = new CountDownLatch(1);

    patient.execute(
        () -> {
          patient.pause();
          over.countDown();
        });

    awaitQuietly(over);
    patient.shutdown();
  }
}
