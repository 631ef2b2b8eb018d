package dev.allim.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubProgram;
import dev.allim.testing.RawHttp;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The packaged program in little memory, for as long as {@code -Dallim.soak.seconds} says: bodies
 * that stop short, pages and replays that nobody reads, and mutants, beside the honest.
 */
class SoakIT {
  private static final int SECONDS = Integer.getInteger("allim.soak.seconds", 15);
  private static final int PARKED = 100;
  private static final int ATTACKERS = 4;
  private static final String BUSY = "503";
  private static final int BODY = 1024 * 1024;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"-Xmx64m", "-Xmx256m"})
  void itGoesOn(String heap) throws Exception {
    try (HubProgram hub =
        HubProgram.start(
            directory,
            Map.of(
                "quarkus.log.level", "WARN", "quarkus.log.category.\"io.quarkus\".level", "INFO"),
            List.of(heap))) {
      URI base = hub.uri("/");
      try (Honest honest = Honest.begin(base)) {
        soak(base);
        assertThat(hub.process().isAlive()).as(hub.output()).isTrue();
        honest.assertServed(hub.output());
      }
      assertThat(Faults.in(hub.output())).isEmpty();
    }
  }

  private static void soak(URI base) {
    long until = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    for (int round = 0; round == 0 || System.nanoTime() < until; round++) {
      List<RawHttp> parked = new ArrayList<>();
      try {
        for (int i = 0; i < PARKED; i++) {
          park(base, i, parked);
        }
        assertThat(
                new Attackers(base, ATTACKERS, BUSY)
                    .send(round, 1600, () -> System.nanoTime() > until))
            .isEmpty();
      } finally {
        parked.forEach(RawHttp::reset);
      }
    }
  }

  private static void park(URI base, int i, List<RawHttp> parked) {
    RawHttp http = RawHttp.connect(base);
    parked.add(http);
    try {
      switch (i % 4) {
        case 0, 1 ->
            http.request("POST /events/parked HTTP/1.1", "Content-Length: " + BODY)
                .send("x".repeat(BODY - 1));
        case 2 ->
            http.request("POST /events/parked?ttl=1m HTTP/1.1", "Content-Length: " + BODY / 4)
                .send("\n".repeat(BODY / 4))
                .request("GET /events/parked?since=earliest HTTP/1.1");
        default -> {
          for (int page = 0; page < 20; page++) {
            http.request("GET /events?since=earliest HTTP/1.1", "Accept: application/json");
          }
        }
      }
    } catch (UncheckedIOException cutOff) {
      // it was given up already
    }
  }
}
