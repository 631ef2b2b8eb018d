package dev.allim.ops;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.allim.testing.CommandRun;
import dev.allim.testing.HubClient;
import dev.allim.testing.HubProgram;
import dev.allim.testing.PackagedProgram;
import dev.allim.testing.SseClient;
import dev.allim.testing.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the packaged program says when it starts, and what it refuses. */
class StartIT {
  @TempDir Path directory;

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Pattern COUNTS_OF_READERS =
      Pattern.compile("allim_(streams|events|bytes|replays|gaps|lag|heartbeats)_");

  private static final Pattern ADDRESS = Pattern.compile("Listening on: (http://[^:]+:\\d+)");

  private HubProgram start(String key, String value) {
    return HubProgram.start(directory, Map.of(key, value));
  }

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
    String[] parts = setting.split("=", 2);
    try (HubProgram hub = HubProgram.launch(directory, Map.of(parts[0], parts[1]))) {
      assertThat(hub.awaitEnd()).isEqualTo(1);
      assertThat(hub.output()).contains(parts[0]);
    }
  }

  @Test
  void itSaysWhereItListensWhatItKeepsAndWhatNobodyReads() throws IOException {
    try (HubProgram hub = start("allim.stream.heartbeet", "5s")) {
      assertThat(hub.output())
          .containsOnlyOnce("did you mean allim.stream.heartbeat?")
          .containsOnlyOnce("Starting listens=127.0.0.1:")
          .contains("streams=100000");
    }
  }

  @Test
  void theReaderThatWarmsTheProgramUpIsNotCounted() throws IOException {
    try (HubProgram hub = start("quarkus.log.category.\"dev.allim.runtime\".level", "DEBUG")) {
      String meters = get(hub.management("/q/metrics")).asString();

      if (!PackagedProgram.isNative()) {
        assertThat(hub.output()).containsSubsequence("Rehearsed=true", "Listening on");
      }
      assertThat(meters.lines().filter(line -> COUNTS_OF_READERS.matcher(line).lookingAt()))
          .hasSizeGreaterThan(6)
          .allSatisfy(line -> assertThat(line).endsWith(" 0.0"));
    }
  }

  @Test
  void whatStartsIsWhatWasBuilt() throws IOException {
    try (HubProgram hub = HubProgram.start(directory, Map.of())) {
      assertThat(hub.output()).contains(PackagedProgram.isNative() ? " native (" : " on JVM (");
    }
  }

  /** As the images, the manifests and those who read {@code --help} do. */
  @Test
  void theWordServesAsNoWordDoes() {
    Map<String, String> settings =
        Map.of(
            "quarkus.http.host", "127.0.0.1",
            "quarkus.http.port", "0",
            "quarkus.management.port", "0",
            "allim.history.path", directory.resolve("allim.db").toString(),
            "allim.auth.secret", Tokens.SECRET);
    try (CommandRun serve = CommandRun.of(settings, "serve").awaitOutput("Listening on: ")) {
      Matcher address = ADDRESS.matcher(serve.outputSoFar());
      assertThat(address.find()).as(serve.outputSoFar()).isTrue();
      HubClient hub = new HubClient(URI.create(address.group(1) + "/"));
      String token = Tokens.shared().granting(List.of("t"), List.of()).bearer();
      try (SseClient reader = hub.listen("/events/t")) {
        assertThat(
                hub.send(
                        HttpRequest.newBuilder(hub.uri("/events/t"))
                            .header("Authorization", token)
                            .POST(HttpRequest.BodyPublishers.ofString("x")))
                    .statusCode())
            .isEqualTo(201);
        assertThat(reader.next().data()).isEqualTo("x");
      }
      serve.terminate().ends(0);
    }
  }

  @Test
  void aLogInJsonIsJsonLineByLine() throws IOException {
    try (HubProgram hub = start("quarkus.log.console.json.enabled", "true")) {
      assertThat(hub.output().lines())
          .isNotEmpty()
          .allSatisfy(line -> assertThat(new ObjectMapper().readTree(line).has("level")).isTrue());
    }
  }

  @Test
  void logLevelsFollowTheirFile() throws Exception {
    Path levels = directory.resolve("levels.properties");
    try (HubProgram hub = start("allim.log.levels", levels.toString())) {
      URI stream = hub.uri("/events/levels");
      Files.writeString(levels, "dev.allim.streams=DEBUG\n");
      await().atMost(SOON).until(() -> hub.output().contains("level=DEBUG"));

      SseClient reader = SseClient.open(stream);
      reader.nextRetry();
      reader.close();

      await().atMost(SOON).until(() -> hub.output().contains("A stream ended cause=CLIENT_LEFT"));
      Files.delete(levels);
      await().atMost(SOON).until(() -> hub.output().contains("Log level restored"));
    }
  }

  @Test
  void theApiIsDescribedInProductionToo() throws IOException {
    try (HubProgram hub = HubProgram.start(directory, Map.of())) {
      get(hub.management("/q/openapi"))
          .then()
          .statusCode(200)
          .contentType("application/yaml")
          .body(containsString("operationId: listen"));
      get(hub.management("/q/openapi?format=json"))
          .then()
          .statusCode(200)
          .body("paths.'/events'.get.operationId", is("listen"));
      get(hub.management("/q/swagger-ui")).then().statusCode(404);
    }
  }
}
