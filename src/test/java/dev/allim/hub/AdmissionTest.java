package dev.allim.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.spi.Jitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private final ManualClock clock = new ManualClock();

  private Admission admission(int most, int mostPerAddress) {
    return new Admission(most, mostPerAddress, RETRY, TestHub.HALFWAY, clock);
  }

  private static Duration refused(Admission admission) {
    return admission.enter("other").orElseThrow();
  }

  private static Duration refused(Admission admission, int times) {
    Duration last = Duration.ZERO;
    for (int i = 0; i < times; i++) {
      last = refused(admission);
    }
    return last;
  }

  @Test
  void admitsAsManyAsThereAreAndNotOneMore() {
    Admission admission = admission(2, 0);

    assertThat(admission.enter("a")).isEmpty();
    assertThat(admission.enter("a")).isEmpty();
    assertThat(admission.enter("b")).isPresent();
    assertThat(admission.streams()).isEqualTo(2);
  }

  @Test
  void admitsAgainOnceSomeoneHasLeft() {
    Admission admission = admission(1, 0);
    admission.enter("a");
    admission.enter("b");

    admission.leave("a");

    assertThat(admission.enter("b")).isEmpty();
  }

  @Test
  void limitsEachAddressByItself() {
    Admission admission = admission(0, 1);

    assertThat(admission.enter("a")).isEmpty();
    assertThat(admission.enter("a")).isPresent();
    assertThat(admission.enter("b")).isEmpty();
    assertThat(admission.streams()).isEqualTo(2);
    admission.leave("a");
    assertThat(admission.enter("a")).isEmpty();
  }

  @Test
  void takesZeroForNoLimit() {
    Admission admission = admission(0, 0);
    for (int i = 0; i < 10_000; i++) {
      assertThat(admission.enter("a")).isEmpty();
    }
  }

  @Test
  void asksToComeBackLaterTheMoreAreTurnedAway() {
    Admission admission = admission(1, 0);
    admission.enter("a");
    List<Duration> delays = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      delays.add(refused(admission));
    }

    assertThat(delays).isSorted();
    assertThat(delays.get(0)).isBetween(RETRY, RETRY.plusMillis(10));
    assertThat(delays.get(999)).isEqualTo(RETRY.plusSeconds(2));
  }

  @Test
  void spreadsThoseItTurnsAway() {
    Admission admission = new Admission(1, 0, RETRY, new Jitter(new Random(1)), clock);
    admission.enter("a");
    Set<Duration> delays = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      Duration delay = refused(admission);
      assertThat(delay).isBetween(Duration.ofSeconds(1), Duration.ofMillis(3300));
      delays.add(delay);
    }

    assertThat(delays).hasSizeGreaterThan(90);
  }

  @Test
  void neverAsksForMoreThanFiveMinutes() {
    Admission admission = admission(1, 0);
    admission.enter("a");

    assertThat(refused(admission, 200_000)).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
  }

  @Test
  void letsThePressureFade() {
    Admission admission = admission(1, 0);
    admission.enter("a");
    Duration underPressure = refused(admission, 1000);

    clock.pass(WINDOW.plusMillis(1));
    Duration halved = refused(admission);
    clock.pass(WINDOW.multipliedBy(20));
    Duration faded = refused(admission);

    assertThat(underPressure).isEqualTo(RETRY.plusMillis(2000));
    assertThat(halved).isEqualTo(RETRY.plusMillis(1002));
    assertThat(faded).isBetween(RETRY, RETRY.plusMillis(2));
  }

  @Test
  void keepsItsCountWhateverThreadsComeAndGo() throws InterruptedException {
    Admission admission = admission(8, 5);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger tooMany = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    for (int i = 0; i < 4; i++) {
      String address = "address" + i % 2;
      threads.execute(
          () -> {
            for (int n = 0; n < 10_000; n++) {
              if (admission.enter(address).isEmpty()) {
                tooMany.addAndGet(inside.incrementAndGet() > 8 ? 1 : 0);
                inside.decrementAndGet();
                admission.leave(address);
              }
            }
          });
    }

    threads.shutdown();
    assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    assertThat(tooMany).hasValue(0);
    assertThat(admission.streams()).isZero();
  }
}
