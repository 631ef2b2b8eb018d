package dev.allim.mercure;

import static dev.allim.mercure.MercureClient.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allim.testing.RawHttp;
import dev.allim.testing.SseClient;
import dev.allim.testing.Tokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 14 of the checklist: who subscribes is on pages. */
@QuarkusTest
@TestProfile(MercureHubs.Telling.class)
class SubscriptionPagesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String ROOT = MercureClient.SUBSCRIPTIONS;

  @TestHTTPResource("/")
  URI base;

  private final String topic = "a+b " + UUID.randomUUID();
  private final String encoded = topic.replace("+", "%2B").replace(" ", "%20");

  private MercureClient hub() {
    return MercureClient.of(base);
  }

  private HttpResponse<String> get(String path, Tokens token) {
    return hub().document(path, token);
  }

  private JsonObject page(String path, Tokens token) {
    return hub().json(path, token);
  }

  private JsonArray listed(String path) {
    return page(path, MercureHubs.watcher()).getJsonArray("subscriptions");
  }

  // ---- who may know

  @Test
  void line152ATokenHasToGrantIt() {
    HttpResponse<String> nobody = hub().hub().send(HttpRequest.newBuilder(hub().hub().uri(ROOT)));
    HttpResponse<String> somebody = get(ROOT, MercureHubs.subscriber("x"));
    HttpResponse<String> publisher = get(ROOT, MercureHubs.publisher("*"));

    assertThat(nobody.statusCode()).isEqualTo(401);
    assertThat(nobody.headers().firstValue("WWW-Authenticate").orElse(""))
        .startsWith("Bearer ")
        .doesNotContain("error");
    assertThat(somebody.statusCode()).isEqualTo(403);
    assertThat(somebody.headers().firstValue("WWW-Authenticate").orElse(""))
        .contains("error=\"insufficient_scope\"");
    assertThat(somebody.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(publisher.statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "exact, *",
    "urlpattern, *",
    "urlpattern, /.well-known/mercure/subscriptions{/*}?",
    "urlpattern, https://hub.example.com/.well-known/mercure/subscriptions{/*}?"
  })
  void line154GrantsOfEachKindWorkOnEachPage(String kind, String match) {
    Tokens token =
        kind.equals("exact")
            ? MercureHubs.subscriber(match)
            : MercureHubs.subscriber()
                .with(
                    "authorization_details",
                    List.of(MercureHubs.patternDetail("subscribe", match)));
    try (SseClient reader = hub().join(field("match", topic))) {
      String one =
          page(ROOT + "/exact/" + encoded, token)
              .getJsonArray("subscriptions")
              .getJsonObject(0)
              .getString("id");

      assertThat(page(ROOT, token).getString("id")).isEqualTo(ROOT);
      assertThat(page(one, token).getString("match")).isEqualTo(topic);
      assertThat(reader.waiting()).isZero();
    }
  }

  @Test
  void line153WhatIsGrantedIsThePathAsItWasSent() {
    Tokens root = MercureHubs.subscriber(ROOT);
    assertThat(get(ROOT + "?last_event_id=x", root).statusCode()).isEqualTo(200);
    assertThat(get(ROOT + "/exact/" + encoded, root).statusCode()).isEqualTo(403);

    Tokens one = MercureHubs.subscriber(ROOT + "/exact/" + encoded);
    assertThat(get(ROOT + "/exact/" + encoded, one).statusCode()).isEqualTo(200);
    assertThat(get(ROOT + "/exact/" + encoded.replace("%2B", "%2b"), one).statusCode())
        .isEqualTo(403);
  }

  // ---- what is there

  @Test
  void lines155To158TheThreePagesAreOfOneShape() {
    String uuid = topic.substring(topic.length() - 36);
    String other = "https://example.com/" + uuid + "/:id";
    try (SseClient reader =
        hub().join(field("match", topic) + "&" + field("match_urlpattern", other))) {
      HttpResponse<String> answer = get(ROOT, MercureHubs.watcher());
      JsonObject all = new JsonObject(answer.body());
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
      assertThat(all.getString("id")).isEqualTo(ROOT);
      assertThat(all.getString("type")).isEqualTo("subscriptions");
      assertThat(all.fieldNames()).containsExactly("id", "type", "subscriptions");

      JsonObject ofTopic = page(ROOT + "/exact/" + encoded, MercureHubs.watcher());
      assertThat(ofTopic.getString("id")).isEqualTo(ROOT + "/exact/" + encoded);
      assertThat(ofTopic.getJsonArray("subscriptions")).hasSize(1);
      JsonObject one = ofTopic.getJsonArray("subscriptions").getJsonObject(0);
      assertThat(all.getJsonArray("subscriptions")).contains(one);
      assertThat(one.getString("match")).isEqualTo(topic);
      assertThat(one.getBoolean("active")).isTrue();
      assertThat(page(one.getString("id"), MercureHubs.watcher())).isEqualTo(one);
      assertThat(get("/subscriptions", Tokens.shared().granting("admin")).body())
          .as("what is told here is not told there")
          .contains(topic)
          .doesNotContain("asked");

      assertThat(listed(ROOT + "/urlpattern/https%3A%2F%2Fexample.com%2F" + uuid + "%2F%3Aid"))
          .hasSize(1);
      assertThat(listed(ROOT + "/urlpattern/" + encoded)).isEmpty();
      assertThat(listed(ROOT + "/exact/" + encoded.replace("%2B", "+")))
          .as("line 157: in a path, a plus is one")
          .hasSize(1);
      assertThat(listed(ROOT + "/exact/" + encoded.replace("%20", "+"))).isEmpty();
      assertThat(reader.waiting()).isZero();
    }
  }

  @Test
  void lines127And158WhoIsGoneIsNotFound() {
    String id;
    try (SseClient reader = hub().join(field("match", topic))) {
      id = listed(ROOT + "/exact/" + encoded).getJsonObject(0).getString("id");
      assertThat(reader.waiting()).isZero();
    }
    await().atMost(PATIENCE).until(() -> get(id, MercureHubs.watcher()).statusCode() == 404);
    assertThat(listed(ROOT + "/exact/" + encoded)).isEmpty();
    HttpResponse<String> never = get(id.substring(0, id.length() - 1) + "x", MercureHubs.watcher());
    assertThat(never.statusCode()).isEqualTo(404);
    assertThat(never.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  @ParameterizedTest
  @CsvSource({
    "/Exact/x/y, 400",
    "/regexp/x/y, 400",
    "/exact/%FF, 400",
    "/exact/%, 400",
    "/, 404",
    "/exact/, 404",
    "/exact/x/y/z, 404",
    "/exact/x/not-an-id, 404",
    "X, 404"
  })
  void line162APathThatIsNoneIsRefused(String below, int status) {
    try (RawHttp socket = RawHttp.connect(base)) {
      RawHttp.Answer answer =
          socket
              .request(
                  "GET " + ROOT + below + " HTTP/1.1",
                  "Authorization: " + MercureHubs.subscriber("*").bearer())
              .readAnswer();
      assertThat(answer.status()).isEqualTo(status);
    }
  }

  @Test
  void thereIsNothingToDoButLook() {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(hub().hub().uri(ROOT))
            .header("Authorization", MercureHubs.watcher().bearer());
    HttpResponse<String> head =
        hub().hub().send(request.copy().method("HEAD", BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Link").orElse("")).contains("last-event-id");
    HttpResponse<String> post = hub().hub().send(request.copy().POST(BodyPublishers.noBody()));
    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(post.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
  }

  @Test
  void line139ItIsSaidThatThereAreSuchPages() {
    HttpResponse<String> metadata =
        hub()
            .hub()
            .send(
                HttpRequest.newBuilder(
                    hub().hub().uri("/.well-known/oauth-protected-resource" + MercureClient.PATH)));
    assertThat(new JsonObject(metadata.body()).getBoolean("mercure_subscriptions")).isTrue();
  }
}
