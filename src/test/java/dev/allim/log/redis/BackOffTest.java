package dev.allim.log.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How long is waited between tries to connect. */
class BackOffTest {
  private static final List<Integer> USUAL_MILLIS =
      List.of(100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000);

  private static List<Duration> pauses(BackOff tries) {
    return Stream.generate(tries::next).limit(USUAL_MILLIS.size()).toList();
  }

  @Test
  void eachPauseIsAboutTwiceAsLongAsTheOneBeforeUpToALimit() {
    for (long seed = 0; seed < 1_000; seed++) {
      List<Duration> pauses = pauses(new BackOff(new Random(seed)));
      for (int i = 0; i < pauses.size(); i++) {
        int usual = USUAL_MILLIS.get(i);
        assertThat(pauses.get(i).toMillis()).isBetween(usual / 2L, usual + usual / 2L);
      }
    }
  }

  /** Or all nodes would come back to a Redis that has just started in the same moment. */
  @Test
  void noTwoMachinesWaitEquallyLong() {
    List<Duration> firsts =
        IntStream.range(0, 1_000).mapToObj(seed -> new BackOff(new Random(seed)).next()).toList();

    assertThat(firsts.stream().filter(pause -> pause.toMillis() < 75)).hasSizeGreaterThan(100);
    assertThat(firsts.stream().filter(pause -> pause.toMillis() > 125)).hasSizeGreaterThan(100);
  }

  @Test
  void onceItWentWellTheNextPauseIsShortAgain() {
    BackOff tries = new BackOff(new Random(0));
    pauses(tries);
    tries.reset();

    assertThat(tries.next().toMillis()).isLessThanOrEqualTo(150);
  }

  @Test
  void whoEndsItIsNotWaitedFor() {
    BackOff tries = new BackOff(new Random(0));
    pauses(tries);
    tries.end();

    long begun = System.nanoTime();
    tries.pause();
    assertThat(tries.isOver()).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
  }
}
