package dev.allim.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubProgram;
import dev.allim.testing.Tokens;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is sent to it, the hub answers no 5xx, keeps nothing of it, and serves the honest
 * meanwhile. {@code -Dallim.fuzz.requests=1000000 -Dallim.fuzz.seed=7} sends more, and others. In a
 * process of its own: those who send want the processors, too.
 */
class FuzzIT {
  private static final int REQUESTS = Integer.getInteger("allim.fuzz.requests", 100_000);

  /** More than there are processors: most of the time they wait whether silence is the answer. */
  private static final int ATTACKERS = 8;

  private static final long SEED = Long.getLong("allim.fuzz.seed", 1);

  /** The ring is no leak, and a small one leaves little that must be told from one. */
  private static final Map<String, String> LITTLE_KEPT =
      Map.of(
          "allim.recent.count", "64",
          "allim.auth.secret", Tokens.SECRET,
          "allim.publish.open", "true",
          "allim.recent.size", "64K",
          "allim.history.max-size", "64M",
          "quarkus.log.category.\"dev.allim\".level", "WARN",
          "quarkus.log.category.\"dev.allim.ops.RefusalLog\".level", "ERROR");

  /** Many buffers are watched, and threads keep none to use again. */
  private static final List<String> WATCHED =
      List.of(
          "-Xmx256m",
          "-Dio.netty.leakDetection.level=simple",
          "-Dio.netty.leakDetection.samplingInterval=16",
          "-Dio.netty.allocator.smallCacheSize=0",
          "-Dio.netty.allocator.normalCacheSize=0");

  @TempDir Path directory;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void nothingThatIsSentHurtsAnybodyElse() throws Exception {
    try (HubProgram hub = HubProgram.start(directory, LITTLE_KEPT, WATCHED)) {
      Remains remains = new Remains(hub.client());
      try (Honest honest = Honest.begin(hub.uri("/"))) {
        assertThat(new Attackers(hub.uri("/"), ATTACKERS).send(SEED, REQUESTS, () -> false))
            .isEmpty();
        honest.assertServed(hub.output());
        assertThat(honest.served()).isGreaterThan(REQUESTS / 1000);
      }
      remains.awaitNone();
      assertThat(remains.value("allim_rejected_total{reason=\"failed\"}")).isZero();
      assertThat(remains.value("allim_lane_faults_total")).isZero();
      assertThat(Faults.in(hub.output())).isEmpty();
    }
  }
}
