package dev.allim.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.RawHttp;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever asks which methods there are is told those, and no others. */
@QuarkusTest
@TestProfile(TokenRefusalsTest.WithKeys.class)
class AllowedMethodsTest {
  private static final Set<String> ALL =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  @TestHTTPResource("/")
  URI base;

  @ParameterizedTest
  @ValueSource(
      strings = {"/events", "/events/t", "/tickets", "/session", "/revocations", "/subscriptions"})
  void itIsSaidWhichMethodsThereAreAndNoOthers(String path) {
    String said;
    try (RawHttp http = RawHttp.connect(base)) {
      said = http.request("OPTIONS " + path + " HTTP/1.1").readAnswer().header("Allow");
    }
    Set<String> allowed = Set.of(said.split(", "));

    assertThat(ALL).containsAll(allowed);
    for (String method : ALL) {
      try (RawHttp http = RawHttp.connect(base)) {
        http.request(method + " " + path + " HTTP/1.1", "Content-Length: 0");
        RawHttp.Answer answer = new RawHttp.Answer(http.readHead(), "");
        assertThat(answer.status() == 405).as(method).isNotEqualTo(allowed.contains(method));
        if (answer.status() == 405) {
          assertThat(answer.header("Allow").split(", "))
              .containsExactlyInAnyOrderElementsOf(allowed);
        }
      }
    }
  }
}
