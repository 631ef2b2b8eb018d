package dev.allim.mercure;

import static dev.allim.mercure.MercureClient.field;
import static dev.allim.mercure.SubscriptionUpdatesTest.encoded;
import static dev.allim.mercure.SubscriptionUpdatesTest.json;
import static dev.allim.mercure.SubscriptionUpdatesTest.next;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.SseClient;
import dev.allim.testing.Tokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 19 of the checklist: who subscribes, in the words of draft 07. */
@QuarkusTest
@TestProfile(MercureHubs.Telling.class)
class Draft07SubscriptionsTest {
  private static final String ROOT = MercureClient.SUBSCRIPTIONS;

  @TestHTTPResource("/")
  URI base;

  private final String topic = "a+b 50% " + UUID.randomUUID();
  private final String encoded = encoded(topic);

  private MercureClient hub() {
    return MercureClient.of(base);
  }

  private SseClient watch(String query, Tokens token) {
    return hub().join(query, "Authorization", token.bearer());
  }

  @Test
  void lines239And240AClientOfTodayIsToldInItsOwnWords() {
    Tokens token =
        Tokens.signed("HS256", MercureHubs.oldSubscriber().key())
            .with("mercure", Map.of("subscribe", List.of("x"), "payload", List.of("any", 1)));
    try (SseClient watcher =
        watch(
            field("topic", ROOT + "{/topic}{/subscriber}"),
            MercureHubs.oldSubscriber(ROOT + "/{topic}/{subscriber}"))) {
      String selector = topic + "/{id}";
      ReceivedEvent joined;
      try (SseClient reader = watch(field("topic", selector), token)) {
        joined = next(1, watcher, topic).get(0);
        assertThat(reader.waiting()).isZero();
      }
      ReceivedEvent left = next(1, watcher, topic).get(0);

      String subscriber = json(joined).getString("subscriber");
      JsonObject document =
          new JsonObject()
              .put("@context", "https://mercure.rocks/")
              .put("id", ROOT + "/" + encoded(selector) + "/" + encoded(subscriber))
              .put("type", "Subscription")
              .put("topic", selector)
              .put("subscriber", subscriber)
              .put("active", true)
              .put("payload", List.of("any", 1));
      assertThat(json(joined)).isEqualTo(document);
      assertThat(json(left)).isEqualTo(document.put("active", false));
      assertThat(joined.type()).isEqualTo("message");
    }
  }

  @Test
  void lines241To245PagesOfTodayHaveTheirOwnWords() {
    Tokens token = MercureHubs.oldSubscriber(ROOT + "{/topic}{/subscriber}");
    try (SseClient reader = hub().join(field("topic", topic))) {
      HttpResponse<String> answer = hub().document(ROOT + "/" + encoded, token);
      JsonObject page = new JsonObject(answer.body());
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/ld+json");
      assertThat(page.fieldNames())
          .containsExactly("@context", "id", "type", "lastEventID", "subscriptions");
      assertThat(page.getString("type")).isEqualTo("Subscriptions");
      assertThat(page.getString("lastEventID")).isEqualTo(SubscriptionCursorTest.cursor(answer));
      assertThat(page.getJsonArray("subscriptions")).hasSize(1);
      JsonObject one = page.getJsonArray("subscriptions").getJsonObject(0);
      assertThat(one.fieldNames())
          .as("line 243")
          .containsExactly("id", "type", "topic", "subscriber", "active");

      JsonObject alone = hub().json(one.getString("id"), token);
      assertThat(alone.getString("@context")).isEqualTo("https://mercure.rocks/");
      assertThat(alone.getString("lastEventID")).isNotEmpty();
      assertThat(alone.getString("topic")).isEqualTo(topic);
      assertThat(hub().json(ROOT, token).getString("type")).isEqualTo("Subscriptions");
      assertThat(
              hub()
                  .document(ROOT + "/" + encoded + "/urn%3Auuid%3A" + UUID.randomUUID(), token)
                  .statusCode())
          .isEqualTo(404);
      assertThat(
              hub()
                  .json(ROOT + "/exact/" + encoded, MercureHubs.watcher())
                  .getJsonArray("subscriptions"))
          .as("line 245")
          .isEmpty();
      assertThat(reader.waiting()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", ROOT + "/{topic}"})
  void line242ASelectorHasToTakeThePath(String selector) {
    HttpResponse<String> answer = hub().document(ROOT, MercureHubs.oldSubscriber(selector));
    assertThat(answer.statusCode()).isEqualTo(403);
  }
}
