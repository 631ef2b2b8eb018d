package dev.allim.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.allim.testing.HubProgram;
import dev.allim.testing.PackagedProgram;
import dev.allim.testing.RawHttp;
import dev.allim.testing.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What answers a stranger: the list of src/docs/security.md, and nothing of the management. */
class ReachableIT {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z]+ /\\S*)` \\| (\\d{3})\\b");
  private static final Pattern FACADE = Pattern.compile("(?<= )/[a-z.-]+");
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

  private static Set<String> listed() throws IOException {
    return ROW.matcher(Files.readString(Path.of("src/docs/security.md")))
        .results()
        .map(row -> row.group(1).replaceFirst("\\?.*", ""))
        .collect(Collectors.toSet());
  }

  private static List<String> files() throws IOException {
    Path root = Path.of("src/main/resources/META-INF/resources");
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .map(file -> "/" + root.relativize(file).toString().replace('\\', '/'))
          .toList();
    }
  }

  @Test
  void noFileIsServedThatTheListLacks() throws IOException {
    Set<String> listed = listed();
    try (HubProgram hub = HubProgram.start(directory, WITH_A_KEY)) {
      for (String file : files()) {
        assertThat(status(hub.uri("/"), "GET " + file)).as(file).isEqualTo(200);
        assertThat(file.startsWith("/page/") || listed.contains("GET " + file)).as(file).isTrue();
      }
    }
  }

  /** Libraries may bring files to serve, too. */
  @Test
  void noLibraryBringsAFileThatIsServed() throws IOException {
    assumeFalse(PackagedProgram.isNative(), "in an executable they are no files any more");
    try (Stream<Path> all = Files.walk(Path.of("target/quarkus-app"))) {
      Set<String> served = new HashSet<>();
      for (Path jar : all.filter(file -> file.toString().endsWith(".jar")).toList()) {
        served.addAll(servedFrom(jar));
      }
      assertThat(served).containsExactlyInAnyOrderElementsOf(files());
    }
  }

  private static Set<String> servedFrom(Path jar) throws IOException {
    String root = "META-INF/resources";
    try (JarFile opened = new JarFile(jar.toFile())) {
      return opened.stream()
          .filter(entry -> !entry.isDirectory() && entry.getName().startsWith(root + "/"))
          .map(entry -> entry.getName().substring(root.length()))
          .collect(Collectors.toSet());
    }
  }

  /** Whoever asks for what is not there is told where there is something. */
  @Test
  void noFacadeIsThereThatTheListLacksNorAMethodOfOne() throws IOException {
    Set<String> listed = listed();
    try (HubProgram hub = HubProgram.start(directory, WITH_A_KEY)) {
      String usage =
          hub.client().send(HttpRequest.newBuilder(hub.uri("/nothing"))).body().split("; ", 2)[1];
      Set<String> facades =
          FACADE.matcher(usage).results().map(MatchResult::group).collect(Collectors.toSet());
      assertThat(facades).contains("/events", "/tickets").hasSizeGreaterThan(4);
      for (String facade : facades) {
        for (String method : methods(hub, facade)) {
          assertThat(listed).contains(method + " " + facade);
        }
      }
    }
  }

  /** As whoever tries another is told. */
  private static List<String> methods(HubProgram hub, String facade) {
    HttpResponse<String> answer =
        hub.client()
            .send(HttpRequest.newBuilder(hub.uri(facade)).method("PUT", BodyPublishers.noBody()));
    return List.of(answer.headers().firstValue("Allow").orElseThrow().split(", *"));
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
