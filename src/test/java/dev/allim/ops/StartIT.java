package dev.allim.ops;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.allim.testing.PackagedProgram;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the packaged program says when it starts, and what it refuses. */
class StartIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Pattern COUNTS_OF_READERS =
      Pattern.compile("allim_(streams|events|bytes|replays|gaps|lag|heartbeats)_");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "allim.stream.heartbeat=0s",
        "allim.recent.count=0",
        "allim.limits.streams=-1",
        "allim.limits.batch=0",
        "allim.drain.window=-1s",
        "allim.stream.retry=often",
        "allim.slow-readers=ignore"
      })
  void aValueThatCannotWorkEndsTheStartAndIsNamed(String setting) throws Exception {
    try (Program program = Program.start(setting)) {
      assertThat(program.exitCode(SOON)).isEqualTo(1);
      assertThat(program.log()).contains(setting.substring(0, setting.indexOf('=')));
    }
  }

  @Test
  void itSaysWhereItListensWhatItKeepsAndWhatNobodyReads() throws IOException {
    try (Program program = Program.start("allim.stream.heartbeet=5s")) {
      program.uri("/");

      assertThat(program.log())
          .containsOnlyOnce("did you mean allim.stream.heartbeat?")
          .containsOnlyOnce("Starting listens=127.0.0.1:")
          .contains("streams=100000");
    }
  }

  @Test
  void theReaderThatWarmsTheProgramUpIsNotCounted() throws IOException {
    try (Program program = Program.start("quarkus.log.category.\"dev.allim.sse\".level=DEBUG")) {
      String meters = get(program.uri("/q/metrics")).asString();

      if (!PackagedProgram.isNative()) {
        assertThat(program.log()).containsSubsequence("Rehearsed=true", "Listening on");
      }
      assertThat(meters.lines().filter(line -> COUNTS_OF_READERS.matcher(line).lookingAt()))
          .hasSizeGreaterThan(6)
          .allSatisfy(line -> assertThat(line).endsWith(" 0.0"));
    }
  }

  @Test
  void whatStartsIsWhatWasBuilt() throws IOException {
    try (Program program = Program.start()) {
      program.uri("/");

      assertThat(program.log()).contains(PackagedProgram.isNative() ? " native (" : " on JVM (");
    }
  }

  @Test
  void aLogInJsonIsJsonLineByLine() throws IOException {
    try (Program program = Program.start("quarkus.log.console.json.enabled=true")) {
      program.uri("/");

      assertThat(program.log().lines())
          .isNotEmpty()
          .allSatisfy(line -> assertThat(new ObjectMapper().readTree(line).has("level")).isTrue());
    }
  }

  @Test
  void logLevelsFollowTheirFile(@TempDir Path directory) throws Exception {
    Path levels = directory.resolve("levels.properties");
    try (Program program = Program.start("allim.log.levels=" + levels)) {
      URI stream = program.uri("/events/levels");
      Files.writeString(levels, "dev.allim.streams=DEBUG\n");
      await().atMost(SOON).until(() -> program.log().contains("level=DEBUG"));

      Crowd.of(1, stream).close();

      await().atMost(SOON).until(() -> program.log().contains("A stream ended cause=CLIENT_LEFT"));
      Files.delete(levels);
      await().atMost(SOON).until(() -> program.log().contains("Log level restored"));
    }
  }

  @Test
  void theApiIsDescribedInProductionToo() throws IOException {
    try (Program program = Program.start()) {
      get(program.uri("/q/openapi")).then().statusCode(200);
      get(program.uri("/q/swagger-ui")).then().statusCode(404);
    }
  }
}
