package dev.allim.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start that fails says why in one line, and ends with 1. */
class StartFaultIT {
  @TempDir Path directory;

  private String refused(Map<String, String> settings) {
    try (HubProgram hub = HubProgram.launch(directory, settings)) {
      assertThat(hub.awaitEnd()).isEqualTo(1);
      return hub.output();
    }
  }

  private static String onlyFault(String output) {
    assertThat(output).doesNotContain("\tat ").doesNotContain("Exception");
    return assertThat(output.lines().filter(line -> line.contains("ERROR")).toList())
        .singleElement()
        .actual();
  }

  @Test
  void aValueThatCannotBeReadIsAllThatIsSaid() {
    String output = refused(Map.of("allim.stream.heartbeat", "often"));

    assertThat(output.lines()).singleElement().asString().contains("heartbeat=often", "500ms");
  }

  @Test
  void aValueThatCannotWorkIsNamedWithItsLimit() {
    assertThat(onlyFault(refused(Map.of("allim.limits.batch", "0"))))
        .contains("allim.limits.batch");
  }

  @Test
  void aSecretThatIsTooShortIsNamedAndNotTold() {
    String output = refused(Map.of("allim.auth.secret", "Tr0ub4dor&3"));

    assertThat(onlyFault(output)).contains("allim.auth.secret is 11 bytes long", "at least 32");
    assertThat(output).doesNotContain("Tr0ub4dor");
  }

  @Test
  void cookiesOfEveryPageAnywhereAreRefused() {
    assertThat(
            onlyFault(
                refused(
                    Map.of(
                        "quarkus.http.cors.enabled", "true",
                        "quarkus.http.cors.origins", "*",
                        "quarkus.http.cors.access-control-allow-credentials", "true"))))
        .contains("quarkus.http.cors.origins", "name the origins");
  }

  @Test
  void aPortThatIsTakenIsNamed() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = Integer.toString(other.getLocalPort());

      assertThat(onlyFault(refused(Map.of("quarkus.http.port", port))))
          .contains("Port " + port, "quarkus.http.port");
    }
  }

  @Test
  void aHistoryThatIsInUseIsNamedAndThatTheOtherMayStillDrain() {
    try (HubProgram hub = HubProgram.start(directory, Map.of())) {
      assertThat(onlyFault(refused(Map.of()))).contains("allim.db is in use", "still drains");
      assertThat(hub.process().isAlive()).isTrue();
    }
  }

  @Test
  void theStackIsThereForWhoAsks() {
    try (HubProgram hub = HubProgram.start(directory, Map.of())) {
      String output = refused(Map.of("quarkus.log.category.\"dev.allim.runtime\".level", "DEBUG"));

      assertThat(output).contains("Where it failed", "\tat dev.allim.log.");
      assertThat(hub.process().isAlive()).isTrue();
    }
  }
}
