package dev.allim.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubProgram;
import dev.allim.testing.RawHttp;
import dev.allim.testing.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What answers a stranger: the list of src/docs/security.md, and nothing of the management. */
class ReachableIT {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z]+ /\\S*)` \\| (\\d{3})\\b");
  private static final Map<String, String> WITH_A_KEY = Map.of("allim.auth.secret", Tokens.SECRET);

  /** What only an empty value leaves as it comes. */
  private static final Map<String, String> AS_IT_COMES = Map.of("allim.publish.open", "");

  @TempDir Path directory;

  private static int status(URI server, String request) {
    try (RawHttp http = RawHttp.connect(server)) {
      http.request(request + " HTTP/1.1", "Content-Length: 0", "Content-Type: application/json");
      return Integer.parseInt(http.readHead().get(0).split(" ")[1]);
    }
  }

  @Test
  void whatAnswersWithoutATokenIsWhatTheListSays() throws IOException {
    List<MatchResult> rows =
        ROW.matcher(Files.readString(Path.of("src/docs/security.md"))).results().toList();
    assertThat(rows).hasSizeGreaterThan(15);
    try (HubProgram hub = HubProgram.start(directory, WITH_A_KEY)) {
      for (MatchResult row : rows) {
        assertThat(status(hub.uri("/"), row.group(1)))
            .as(row.group(1))
            .isEqualTo(Integer.parseInt(row.group(2)));
      }
    }
  }

  @Test
  void whoeverRefusesAPublishItIsCounted() {
    try (HubProgram hub = HubProgram.start(directory, WITH_A_KEY)) {
      String unauthenticated = "allim_rejected_total{reason=\"unauthenticated\"}";
      assertThat(
              hub.client()
                  .send(
                      HttpRequest.newBuilder(hub.uri("/events/t"))
                          .header("Authorization", "Bearer none")
                          .POST(BodyPublishers.ofString("x")))
                  .statusCode())
          .isEqualTo(401);
      assertThat(hub.client().metric(unauthenticated)).isOne();
      assertThat(hub.client().post("/events/t", "x").statusCode()).isEqualTo(401);
      assertThat(hub.client().metric(unauthenticated)).isEqualTo(2);
    }
  }

  @Test
  void theManagementHasAPortOfItsOwn() {
    try (HubProgram hub = HubProgram.start(directory, WITH_A_KEY)) {
      for (String path : List.of("/q/metrics", "/q/health", "/q/health/ready", "/q/openapi")) {
        assertThat(status(hub.management("/"), "GET " + path)).as(path).isEqualTo(200);
      }
      assertThat(status(hub.management("/"), "GET /events")).isEqualTo(404);
    }
  }

  @Test
  void asItComesItIsListenedToAndTakesNothingAndSaysSoFirst() {
    try (HubProgram hub = HubProgram.start(directory, AS_IT_COMES)) {
      assertThat(status(hub.uri("/"), "GET /events/t")).isEqualTo(200);
      for (String request : List.of("POST /events/t", "DELETE /events/t", "DELETE /events?id=x")) {
        assertThat(status(hub.uri("/"), request)).as(request).isEqualTo(403);
      }
      assertThat(hub.client().post("/events/t", "x").body())
          .contains("allim.auth.secret", "allim.publish.open=true");
      assertThat(hub.output().lines().findFirst())
          .get()
          .asString()
          .contains("Publishing is closed", "ALLIM_AUTH_SECRET", "ALLIM_PUBLISH_OPEN=true");
    }
  }

  @Test
  void whoeverOpensItIsToldThatItIsOpen() {
    try (HubProgram hub = HubProgram.start(directory, Map.of("allim.publish.open", "true"))) {
      hub.client().publish("/events/t", "x");
      assertThat(hub.output()).contains("Whoever reaches the port may publish");
    }
  }
}
