package dev.allim.hub.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JitterTest {
  private static final Duration DELAY = Duration.ofSeconds(10);
  private final Jitter jitter = new Jitter(new Random(1));

  @Test
  void spreadsAroundADelayAndKeepsItInTheMean() {
    Set<Duration> delays = new HashSet<>();
    long sum = 0;
    for (int i = 0; i < 10_000; i++) {
      Duration delay = jitter.around(DELAY);
      assertThat(delay).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(15));
      delays.add(delay);
      sum += delay.toMillis();
    }

    assertThat(delays).hasSizeGreaterThan(9_900);
    assertThat(sum / 10_000).isBetween(9_900L, 10_100L);
  }

  @Test
  void shortensByATenthAtMost() {
    for (int i = 0; i < 10_000; i++) {
      assertThat(jitter.shorten(DELAY)).isBetween(Duration.ofSeconds(9), DELAY);
    }
  }
}
