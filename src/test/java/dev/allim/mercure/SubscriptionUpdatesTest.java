package dev.allim.mercure;

import static dev.allim.mercure.MercureClient.field;
import static dev.allim.mercure.MercureHubs.detail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubClient;
import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.SseClient;
import dev.allim.testing.Tokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 13 of the checklist: who comes and goes is told. */
@QuarkusTest
@TestProfile(MercureHubs.Telling.class)
class SubscriptionUpdatesTest {
  private static final String ROOT = MercureClient.SUBSCRIPTIONS;
  private static final String OF_08 = field("match_urlpattern", ROOT + "/:match_type/:match/:who");

  @TestHTTPResource("/")
  URI base;

  private final String topic = "https://example.com/50%/" + UUID.randomUUID();

  private MercureClient hub() {
    return MercureClient.of(base);
  }

  private SseClient watch(String query, Tokens token) {
    return hub().join(query, "Authorization", token.bearer());
  }

  /** Whoever else there is comes and goes, too. */
  static List<ReceivedEvent> next(int count, SseClient watcher, String about) {
    List<ReceivedEvent> found = new ArrayList<>();
    while (found.size() < count) {
      ReceivedEvent event = watcher.next();
      if (event.data().contains(about)) {
        found.add(event);
      }
    }
    return found;
  }

  static JsonObject json(ReceivedEvent event) {
    return new JsonObject(event.data());
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }

  @Test
  void lines140To150WhoComesAndGoesIsToldForEachMatcher() {
    String pattern = topic.replace("%", "") + "/:any";
    List<ReceivedEvent> joined;
    List<ReceivedEvent> left;
    String half = topic.substring(topic.length() - 36);
    try (SseClient watcher = watch(OF_08, MercureHubs.watcher())) {
      try (SseClient reader =
          hub()
              .listen(
                  field("match", topic)
                      + "&subscriber=me&"
                      + field("match_urlpattern", pattern)
                      + "&"
                      + field("match_exact", topic),
                  "Subscriber",
                  "me")) {
        assertThat(reader.head().statusCode()).isEqualTo(200);
        joined = next(2, watcher, half);
      }
      left = next(2, watcher, half);
    }

    String subscriber = json(joined.get(0)).getString("subscriber");
    assertThat(subscriber).as("lines 146 and 148").matches("urn:uuid:[0-9a-f-]{36}");
    assertThat(joined)
        .extracting(SubscriptionUpdatesTest::json)
        .as("lines 141 to 143, 147")
        .containsExactly(
            document("exact", topic, subscriber, true),
            document("urlpattern", pattern, subscriber, true));
    assertThat(left)
        .extracting(SubscriptionUpdatesTest::json)
        .containsExactly(
            document("exact", topic, subscriber, false),
            document("urlpattern", pattern, subscriber, false));
    assertThat(joined).extracting(ReceivedEvent::type).as("line 145").containsOnly("mercure");
    assertThat(json(joined.get(0)).getString("id")).as("line 141").contains("50%25%2F");
  }

  private static JsonObject document(
      String kind, String text, String subscriber, boolean isActive) {
    String id = ROOT + "/" + kind + "/" + encoded(text) + "/" + encoded(subscriber);
    return new JsonObject()
        .put("id", id)
        .put("type", "subscription")
        .put("match_type", kind)
        .put("match", text)
        .put("subscriber", subscriber)
        .put("active", isActive);
  }

  @Test
  void line147EachConnectionIsASubscriberOfItsOwn() {
    Tokens token = MercureHubs.subscriber("x").of("one");
    try (SseClient watcher = watch(OF_08, MercureHubs.watcher());
        SseClient first = watch(field("match", topic), token);
        SseClient second = watch(field("match", topic), token)) {
      assertThat(next(2, watcher, topic))
          .extracting(event -> json(event).getString("subscriber"))
          .doesNotHaveDuplicates();
      assertThat(first.waiting() + second.waiting()).isZero();
    }
  }

  @Test
  void line144WhoWasNotGrantedItHearsNothing() {
    try (SseClient watcher = watch(OF_08, MercureHubs.watcher());
        SseClient anybody = hub().listen("match=*");
        SseClient other = watch("match=*", MercureHubs.subscriber(ROOT));
        SseClient events = new HubClient(base).listen("/events?topic=*");
        SseClient granted =
            new HubClient(base)
                .listen(
                    "/events?topic=*",
                    "Authorization",
                    Tokens.shared().granting(List.of(), List.of("*")).bearer())) {
      try (SseClient reader = hub().listen(field("match", topic))) {
        assertThat(reader.head().statusCode()).isEqualTo(200);
        next(1, watcher, topic);
      }
      next(1, watcher, topic);
      assertThat(next(2, granted, topic)).as("by the other door").hasSize(2);
      String id = hub().publish("topic=after");

      for (SseClient reader : List.of(anybody, other, events)) {
        assertThat(reader.next().lastEventId()).isEqualTo(id);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/.well-known/mercure/subscriptions/:match_type/:match/:subscriber",
        "/.well-known/mercure/subscriptions/*",
        "https://hub.example.com/.well-known/mercure/subscriptions/exact/*"
      })
  void line149PatternsTakeTheTopics(String pattern) {
    try (SseClient watcher = watch(field("match_urlpattern", pattern), MercureHubs.watcher());
        SseClient reader = hub().listen(field("match", topic))) {
      assertThat(reader.head().statusCode()).isEqualTo(200);
      assertThat(next(1, watcher, topic)).hasSize(1);
    }
  }

  @Test
  void line150WhoMayKnowSeesItselfArrive() {
    try (SseClient watcher =
        watch(OF_08 + "&" + field("match", topic), MercureHubs.watcher().of("me"))) {
      assertThat(json(next(1, watcher, topic).get(0)).getBoolean("active")).isTrue();
    }
  }

  // ---- payloads

  @ParameterizedTest
  @CsvSource(
      value = {
        "https://example.com/a/1 | {\"n\":1}",
        "https://example.com/b | {\"n\":\"x\",\"o\":null}",
        "https://example.com/c | none",
        "https://example.com/d | {}",
        "* | none"
      },
      delimiter = '|')
  void lines116And117ThePayloadIsThatOfTheFirstDetailThatMatches(String text, String payload) {
    Map<String, Object> first =
        new HashMap<>(MercureHubs.patternDetail("subscribe", "https://example.com/a/:id"));
    first.put("payload", Map.of("n", 1));
    Map<String, Object> second = new HashMap<>(detail("subscribe", "https://example.com/b"));
    Map<String, Object> odd = new HashMap<>();
    odd.put("n", "x");
    odd.put("o", null);
    second.put("payload", odd);
    Map<String, Object> third = new HashMap<>(detail("subscribe", "https://example.com/c"));
    Map<String, Object> publishing = new HashMap<>(detail("publish", "*"));
    publishing.put("payload", Map.of("n", 2));
    Map<String, Object> last =
        new HashMap<>(MercureHubs.patternDetail("subscribe", "https://example.com/:any"));
    last.put("payload", Map.of());
    Tokens token =
        MercureHubs.subscriber()
            .of(topic)
            .with("authorization_details", List.of(publishing, first, second, third, last));
    String mark = topic + "/mark";
    try (SseClient watcher = watch(OF_08, MercureHubs.watcher());
        SseClient reader = watch(field("match", text) + "&" + field("match", mark), token)) {
      JsonObject told = json(next(1, watcher, "\"" + text + "\"").get(0));

      assertThat(told.getString("match")).isEqualTo(text);
      assertThat(told.containsKey("payload")).isEqualTo(!payload.equals("none"));
      if (told.containsKey("payload")) {
        assertThat(told.getJsonObject("payload")).isEqualTo(new JsonObject(payload));
      }
      assertThat(reader.waiting()).isZero();
    }
  }

  @Test
  void whatNobodyCanWriteInUtf8IsWrittenAsJsonCan() {
    assertThat(SubscriptionDocuments.wellFormed("\"a\ud800b\udc00 \ud83d\ude00\""))
        .isEqualTo("\"a\\ud800b\\udc00 \ud83d\ude00\"");
  }

  // ---- nobody pretends

  private int byTheOtherDoor(String type, String body) {
    return new HubClient(base)
        .send(
            HttpRequest.newBuilder(base.resolve("/events"))
                .header("Authorization", Tokens.shared().granting(List.of("*"), List.of()).bearer())
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body)))
        .statusCode();
  }

  @Test
  void lines145And178NobodyPretendsToBeTheHub() {
    String about = ROOT + "/exact/x/urn%3Auuid%3A0";
    assertThat(hub().postAllowed(field("topic", about)).statusCode()).isEqualTo(400);
    assertThat(hub().postAllowed("topic=x&" + field("topic", about)).statusCode()).isEqualTo(400);
    assertThat(hub().postAllowed("topic=x&type=mercure").statusCode()).isEqualTo(400);
    for (String forged :
        List.of(
            "{\"topic\":\"%s\"}".formatted(about),
            "{\"topics\":[\"x\",\"https://any.host%s\"]}".formatted(about),
            "[{\"topic\":\"x\"},{\"topic\":\"mercure/subscriptions\"}]",
            "{\"topic\":\"x\",\"event\":\"mercure\"}")) {
      assertThat(byTheOtherDoor("application/json", forged)).as(forged).isEqualTo(400);
    }
    assertThat(byTheOtherDoor("application/x-ndjson", "{\"topic\":\"%s\"}".formatted(about)))
        .isEqualTo(400);
    String event = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"%s\",\"type\":\"%s\"}";
    for (String forged : Set.of(event.formatted(about, "t"), event.formatted("x", "mercure"))) {
      assertThat(byTheOtherDoor("application/cloudevents+json", forged)).as(forged).isEqualTo(400);
    }
    assertThat(byTheOtherDoor("application/json", "{\"topic\":\"x\",\"event\":\"Mercure\"}"))
        .isLessThan(300);
  }
}
