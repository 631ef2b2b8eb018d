package dev.allim.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.RawHttp;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a path looks like, who routes and who reads the topic see the same one: it is {@code
 * /events} itself, or the topic behind {@code /events/} as it was sent, or nothing.
 */
@QuarkusTest
class PathsTest {
  private static final int PATHS = 250;
  private static final char MENDED = '\uFFFD';
  private static final String BODY = "{\"topic\":\"named/in/the/body\"}";

  @TestHTTPResource("/")
  URI base;

  private RawHttp.Answer send(String method, String path, String body) {
    try (RawHttp http = RawHttp.connect(base)) {
      return http.request(
              method + " " + path + " HTTP/1.1",
              "Accept: application/json",
              "Content-Type: application/json",
              "Content-Length: " + body.length())
          .send(body)
          .readAnswer();
    }
  }

  // ---- what a path means

  private static Optional<String> topic(String path) {
    return path.startsWith("/events/") ? decoded(path.substring(8)) : Optional.empty();
  }

  /** What is badly encoded is no topic; the decoder would mend it. */
  private static Optional<String> decoded(String raw) {
    try {
      String topic = URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
      return Optional.of(topic).filter(name -> !name.isEmpty() && name.indexOf(MENDED) < 0);
    } catch (IllegalArgumentException broken) {
      return Optional.empty();
    }
  }

  private static Arbitrary<String> paths() {
    Arbitrary<String> beginnings =
        Arbitraries.frequency(
            Tuple.of(8, "/events/"),
            Tuple.of(3, "/events"),
            Tuple.of(1, "/events;x"),
            Tuple.of(1, "//events"),
            Tuple.of(1, "/%65vents"),
            Tuple.of(1, "/./events"),
            Tuple.of(1, "/x/../events"),
            Tuple.of(1, "/;x/events"),
            Tuple.of(1, "/EVENTS"));
    Arbitrary<String> pieces =
        Arbitraries.of(
            "/",
            "/",
            ";",
            ";a=b",
            ".",
            "..",
            "%2e",
            "%2E",
            "%2F",
            "%2f",
            "%3B",
            "%25",
            "%zz",
            "%",
            "a",
            "b",
            "events",
            "%EC%95%8C",
            "~",
            "%7E",
            "%61",
            "+",
            ":",
            "@",
            "|",
            "%20");
    return Combinators.combine(beginnings, pieces.list().ofMaxSize(6))
        .as((beginning, rest) -> beginning + String.join("", rest));
  }

  @Test
  void whoRoutesAndWhoReadsTheTopicSeeTheSamePath() {
    JqwikSession.run(
        () -> paths().sampleStream().limit(PATHS).forEach(this::assertMeansWhatItSays));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/events/;a",
        "/events;a",
        "/events;a/b",
        "/events/",
        "/events//",
        "/events/a/",
        "/events/a;b=c/d",
        "/events/../events",
        "//events",
        "/events/%2e%2e",
        "/events/%2F",
        "/events/%zz",
        "/events/%ae"
      })
  void soItIsWithPathsThatRoutersMend(String path) {
    assertMeansWhatItSays(path);
  }

  private void assertMeansWhatItSays(String path) {
    if (path.equals("/events")) {
      assertIsTheWhole(path);
    } else {
      topic(path).ifPresentOrElse(topic -> assertIs(topic, path), () -> assertIsNothing(path));
    }
  }

  private void assertIsTheWhole(String path) {
    RawHttp.Answer published = send("POST", path, BODY);

    assertThat(JsonPath.from(published.body()).getList("topics"))
        .isEqualTo(List.of("named/in/the/body"));
    assertThat(send("DELETE", path, "").status()).as("cancels, by an id").isEqualTo(400);
  }

  private void assertIs(String topic, String path) {
    RawHttp.Answer published = send("POST", path, BODY);
    RawHttp.Answer page = send("GET", path, "");
    RawHttp.Answer purged = send("DELETE", path, "");

    assertThat(JsonPath.from(published.body()).getList("topics"))
        .as("POST %s", path)
        .isEqualTo(List.of(topic));
    assertThat(JsonPath.from(page.body()).getList("items.topics"))
        .as("GET %s", path)
        .isNotEmpty()
        .containsOnly(List.of(topic));
    assertThat(JsonPath.from(purged.body()).getInt("deleted")).as("DELETE %s", path).isPositive();
  }

  /** Not of the hub: what is mended may lead to the page at the root. */
  private void assertIsNothing(String path) {
    for (String method : List.of("POST", "GET", "DELETE")) {
      RawHttp.Answer answer = send(method, path, method.equals("POST") ? BODY : "");

      assertThat(answer.header("Content-Type"))
          .as("%s %s is answered %d", method, path, answer.status())
          .matches("application/problem\\+json|text/html.*");
    }
  }
}
