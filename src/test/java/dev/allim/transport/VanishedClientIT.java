package dev.allim.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allim.testing.HubProgram;
import dev.allim.testing.Requires;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A client on a host of its own, whose cable is pulled: nothing tells the hub, neither FIN nor RST,
 * and still the stream does not count for long.
 */
class VanishedClientIT {
  private static final String HOST = "allim-client";
  private static final String CABLE = "allim-cable";
  private static final String HUB_ADDRESS = "198.51.100.1";
  private static final String CLIENT_ADDRESS = "198.51.100.2";

  @TempDir Path directory;

  @BeforeEach
  void plugIn() {
    boolean root = "root".equals(System.getProperty("user.name"));
    Requires.rarely(
        root && run("ip netns add " + HOST), "a host in a network namespace needs root");
    assertThat(run("ip link add " + CABLE + " type veth peer name far netns " + HOST)).isTrue();
    run("ip addr add " + HUB_ADDRESS + "/30 dev " + CABLE);
    run("ip link set " + CABLE + " up");
    run("ip -n " + HOST + " addr add " + CLIENT_ADDRESS + "/30 dev far");
    assertThat(run("ip -n " + HOST + " link set far up")).isTrue();
  }

  @AfterEach
  void clearAway() {
    run("ip link del " + CABLE);
    run("ip netns del " + HOST);
  }

  private static boolean run(String command) {
    try {
      Process process = new ProcessBuilder(command.split(" ")).redirectErrorStream(true).start();
      process.getInputStream().transferTo(System.out);
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException missing) {
      return false;
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--http1.1", "--http2-prior-knowledge"})
  void countsNoLongerThanTwoHeartbeats(String version) throws IOException {
    Map<String, String> settings =
        Map.of(
            "quarkus.http.host", "0.0.0.0",
            "allim.stream.heartbeat", "1s",
            "allim.stream.write-timeout", "2s");
    try (HubProgram hub = HubProgram.start(directory, settings)) {
      Process client = listen(hub.port(), version);
      try {
        awaitOpen(hub, 1);
        assertThat(run("ip link set " + CABLE + " down")).isTrue();

        awaitOpen(hub, 0);
      } finally {
        client.destroyForcibly();
      }
    }
  }

  private static Process listen(int port, String version) throws IOException {
    String stream = "http://%s:%d/events".formatted(HUB_ADDRESS, port);
    return new ProcessBuilder("ip", "netns", "exec", HOST, "curl", "-sN", version, stream)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static void awaitOpen(HubProgram hub, int streams) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(hub.client().metrics())
                    .contains("allim_streams_open " + streams + ".0"));
  }
}
