package dev.allim.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.FreshDirectory;
import dev.allim.testing.HubProgram;
import dev.allim.testing.RawHttp;
import dev.allim.testing.Requires;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub that was promised more memory than there is ends, and does not live on. */
class OutOfMemoryIT {
  private static final Path UNIT = Path.of("docker/systemd/allim.service");
  private static final int MOST_PUBLISHES = 4000;
  private static final int MIB = 1024 * 1024;

  @TempDir Path directory;

  @Test
  void theHeapIsUsedUpAndTheProgramEnds() throws Exception {
    Map<String, String> unlimited =
        Map.of(
            "allim.history.enabled", "false",
            "allim.history.memory.size", "100G",
            "allim.history.memory.count", "1000000",
            "allim.recent.size", "1M");
    try (HubProgram hub = HubProgram.start(directory, unlimited, List.of("-Xmx128m"))) {
      fill(hub.uri("/"));

      assertThat(hub.awaitEnd()).isEqualTo(OutOfMemory.EXIT_CODE);
      assertThat(hub.output()).contains("Out of memory: ending");
    }
  }

  /** More than three times the heap, by clients that announce it, stop just short, and stay. */
  @Test
  void bodiesThatNeverEndDoNotUseItUp() {
    List<RawHttp> parked = new ArrayList<>();
    try (HubProgram hub = HubProgram.start(directory, Map.of(), List.of("-Xmx128m"))) {
      for (int i = 0; i < 400; i++) {
        parked.add(stopShort(hub.uri("/")));
        if (i % 50 == 0) {
          assertThat(hub.client().post("/events/honest", "x").statusCode()).isEqualTo(201);
        }
      }
      assertThat(hub.client().post("/events/honest", "x").statusCode()).isEqualTo(201);
      assertThat(hub.output()).doesNotContain("OutOfMemoryError");
    } finally {
      parked.forEach(RawHttp::reset);
    }
  }

  private static RawHttp stopShort(URI hub) {
    RawHttp http = RawHttp.connect(hub);
    try {
      http.request("POST /events/parked HTTP/1.1", "Content-Length: " + MIB)
          .send("x".repeat(MIB - 1));
    } catch (UncheckedIOException cutOff) {
      // it was given up while it was sent
    }
    return http;
  }

  /** Until nobody answers any more. */
  private static void fill(URI hub) {
    String data = "x".repeat(256 * 1024);
    try (RawHttp http = RawHttp.connect(hub)) {
      for (int i = 0; i < MOST_PUBLISHES; i++) {
        http.request("POST /events/large HTTP/1.1", "Content-Length: " + data.length()).send(data);
        http.readAnswer();
      }
    } catch (UncheckedIOException | AssertionError gone) {
      // as it should be
    }
  }

  @Test
  void systemdUnderstandsTheUnitAndStartsTheProgramAgain() throws Exception {
    String unit = Files.readString(UNIT);
    assertThat(unit).contains("Restart=always", "-XX:+ExitOnOutOfMemoryError");

    Process check =
        new ProcessBuilder(
                Requires.rareProgram("systemd-analyze").toString(), "verify", runnable(unit))
            .redirectErrorStream(true)
            .start();
    String said =
        new String(check.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

    assertThat(check.waitFor()).as(said).isZero();
    assertThat(said).doesNotContain("Unknown");
  }

  /** systemd looks for the program of the unit, which need not be where this runs. */
  private static String runnable(String unit) throws IOException {
    Path file = FreshDirectory.of("unit").resolve("allim.service");
    return Files.writeString(file, unit.replace("/usr/bin/java", "/bin/true")).toString();
  }
}
