package dev.allim.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubClient;
import dev.allim.testing.SseClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The packaged program as a process of its own, ended as an operator ends it. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ShutdownIT {
  private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:]+:(\\d+)");

  /** What the JVM says when SIGTERM ended it: 128 + 15. */
  private static final int TERMINATED = 143;

  private Process hub;
  private BufferedReader log;
  private URI base;

  @BeforeEach
  void start() throws IOException {
    hub =
        new ProcessBuilder(JAVA.toString(), "-Dquarkus.http.port=0", "-jar", JAR.toString())
            .redirectErrorStream(true)
            .start();
    log = hub.inputReader();
    base = URI.create("http://localhost:" + port());
  }

  private String port() throws IOException {
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      Matcher listening = LISTENING.matcher(line);
      if (listening.find()) {
        return listening.group(1);
      }
    }
    throw new AssertionError("the hub did not start");
  }

  @AfterEach
  void end() {
    hub.destroyForcibly();
  }

  private List<String> restOfTheLog() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      lines.add(line);
    }
    return lines;
  }

  @Test
  void sigtermTellsReadersWhenToComeBackEndsTheirStreamsAndLogsNoFault() throws Exception {
    try (SseClient reader = new HubClient(base).listen("/events/last")) {
      reader.nextRetry();

      hub.destroy();

      assertThat(reader.nextRetry()).isPositive();
      reader.awaitEnd();
      assertThat(hub.waitFor()).isEqualTo(TERMINATED);
      assertThat(restOfTheLog()).noneMatch(line -> line.matches(".*(WARN|ERROR|Exception).*"));
    }
  }
}
