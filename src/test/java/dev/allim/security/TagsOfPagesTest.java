package dev.allim.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubClient;
import dev.allim.testing.Tokens;
import dev.allim.testing.WrongTokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ETag of a page tells a stranger no more than the page does. */
@QuarkusTest
@TestProfile(TokenRefusalsTest.WithKeys.class)
class TagsOfPagesTest {
  @TestHTTPResource("/")
  URI base;

  private final String room = UUID.randomUUID().toString();

  private Tokens insider() {
    return WrongTokens.shared(Instant.now()).granting(List.of("{+any}"), List.of(room));
  }

  private Tokens outsider() {
    return WrongTokens.shared(Instant.now()).granting(List.of(), List.of("another room"));
  }

  private void publish(String target) {
    HubClient hub = new HubClient(base);
    HttpResponse<String> answer =
        hub.send(
            HttpRequest.newBuilder(hub.uri("/events/" + target))
                .header("Authorization", insider().bearer())
                .POST(BodyPublishers.ofString("x")));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  private HttpResponse<String> page(String query, String... headers) {
    HubClient hub = new HubClient(base);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(hub.uri("/events?topic=" + room + query))
            .header("Accept", "application/json");
    return hub.send(headers.length == 0 ? request : request.headers(headers));
  }

  private static String tag(HttpResponse<String> page) {
    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
    return page.headers().firstValue("ETag").orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "&since=1h",
        "&since=latest",
        "&last=10",
        "&last=1",
        "&limit=2",
        "&order=desc",
        "&order=desc&limit=1",
        "&envelope=json"
      })
  void whatIsPrivateLeavesItAsItWas(String query) {
    publish(room + "?key=k");
    String stranger = tag(page(query));
    String other = tag(page(query, "Authorization", outsider().bearer()));
    String granted = tag(page(query, "Authorization", insider().bearer()));

    for (String hidden : List.of("", "&key=k", "&ttl=1h")) {
      publish(room + "?private=true" + hidden);

      HttpResponse<String> again = page(query);
      assertThat(tag(again)).as(again.body()).isEqualTo(stranger);
      assertThat(page(query, "If-None-Match", stranger).statusCode()).isEqualTo(304);
      assertThat(tag(page(query, "Authorization", outsider().bearer()))).isEqualTo(other);
    }
    assertThat(tag(page(query, "Authorization", insider().bearer()))).isNotEqualTo(granted);
  }

  @Test
  void aRoomOfWhatIsPrivateAloneHasThatOfAnEmptyOne() {
    String empty = tag(page(""));

    publish(room + "?private=true");

    assertThat(tag(page(""))).isEqualTo(empty);
    assertThat(tag(page("", "Authorization", outsider().bearer()))).isEqualTo(empty);
    assertThat(tag(page("", "Authorization", insider().bearer()))).isNotEqualTo(empty);
  }

  /** That there is more in the log, of whatever topic, is told once, and by anything. */
  @Test
  void aPageThatIsFullChangesWithAnythingThatPasses() {
    publish(room);
    publish("elsewhere");
    HttpResponse<String> full = page("&limit=1");
    assertThat(JsonPath.from(full.body()).getBoolean("complete")).isFalse();

    publish(room + "?private=true");

    assertThat(tag(page("&limit=1"))).isEqualTo(tag(full));
    String next = JsonPath.from(full.body()).getString("next");
    JsonPath behind = JsonPath.from(page("&limit=1&since=" + next).body());
    assertThat(behind.getList("items")).isEmpty();
    assertThat(behind.getBoolean("complete")).isTrue();
    assertThat(behind.getString("next")).isEqualTo(next);
  }
}
