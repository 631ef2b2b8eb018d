package dev.allim.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubProgram;
import dev.allim.testing.SseClient;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program as a process of its own, ended as an operator ends it. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class ShutdownIT {
  @TempDir Path directory;

  @Test
  void sigtermTellsReadersWhenToComeBackEndsTheirStreamsAndLogsNoFault() {
    try (HubProgram hub = HubProgram.start(directory, Map.of("allim.drain.window", "1s"));
        SseClient reader = SseClient.open(hub.uri("/events/last"))) {
      reader.nextRetry();

      int exitCode = hub.stop();

      assertThat(exitCode).isZero();
      assertThat(reader.nextRetry()).isPositive();
      reader.awaitEnd();
      assertThat(hub.output().substring(hub.output().indexOf("Draining")))
          .doesNotContain("WARN", "ERROR", "Exception");
    }
  }
}
