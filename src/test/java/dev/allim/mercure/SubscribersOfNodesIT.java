package dev.allim.mercure;

import static dev.allim.mercure.MercureClient.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allim.testing.HubProgram;
import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.RedisServer;
import dev.allim.testing.SseClient;
import dev.allim.testing.Tokens;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each of several nodes tells of the subscribers of all. */
class SubscribersOfNodesIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String ROOT = "/.well-known/mercure/subscriptions";
  private static final String KEY = "the key of a Mercure hub, which is long enough";

  @TempDir Path directory;

  private static Tokens granting(String... topics) {
    return Tokens.signed("HS256", Tokens.secret(KEY))
        .with("mercure", Map.of("subscribe", List.of(topics), "payload", Map.of("of", "reader")));
  }

  private static HttpResponse<String> get(HubProgram hub, String path) {
    return hub.client()
        .send(
            HttpRequest.newBuilder(hub.uri(path)).header("Authorization", granting("*").bearer()));
  }

  private static JsonArray listed(HubProgram hub, String topic) {
    HttpResponse<String> answer = get(hub, ROOT + "/" + topic);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body()).getJsonArray("subscriptions");
  }

  @Test
  void whoSubscribesAtOneIsToldOfAtTheOther() throws IOException {
    try (RedisServer redis = RedisServer.start(Files.createDirectory(directory.resolve("redis")))) {
      Map<String, String> settings =
          Map.of(
              "allim.mercure.publisher-key",
              KEY,
              "allim.mercure.subscriber-key",
              KEY,
              "allim.mercure.subscriptions",
              "true",
              "allim.presence.grace",
              "100ms",
              "allim.history.engine",
              "redis",
              "quarkus.redis.hosts",
              redis.uri());
      try (HubProgram one = node("one", settings);
          HubProgram two = node("two", settings);
          SseClient watcher =
              MercureClient.of(two.uri("/"))
                  .listen(
                      field("topic", ROOT + "/books/{subscriber}"),
                      "Authorization",
                      granting("*").bearer())) {
        JsonObject joined;
        try (SseClient reader = reader(one)) {
          joined = told(watcher, true);
          assertThat(joined.getJsonObject("payload"))
              .isEqualTo(new JsonObject().put("of", "reader"));
          assertThat(listed(two, "books")).as("by then it is on every page").hasSize(1);
          HttpResponse<String> alone = get(two, joined.getString("id"));
          assertThat(new JsonObject(alone.body()).getJsonObject("payload"))
              .isEqualTo(joined.getJsonObject("payload"));
          assertThat(reader.waiting()).isZero();
        }
        assertThat(told(watcher, false).getString("id")).isEqualTo(joined.getString("id"));
        assertThat(get(two, joined.getString("id")).statusCode()).isEqualTo(404);

        try (SseClient reader = reader(one)) {
          told(watcher, true);
          one.kill();
          await().atMost(PATIENCE).until(() -> listed(two, "books").isEmpty());
          assertThat(reader.waiting()).isZero();
        }
      }
    }
  }

  private static SseClient reader(HubProgram hub) {
    SseClient reader =
        MercureClient.of(hub.uri("/"))
            .listen("topic=books", "Authorization", granting("x").bearer());
    assertThat(reader.head().statusCode()).isEqualTo(200);
    return reader;
  }

  private static JsonObject told(SseClient watcher, boolean isActive) {
    ReceivedEvent event = watcher.next();
    JsonObject told = new JsonObject(event.data());
    assertThat(told.getString("topic")).isEqualTo("books");
    assertThat(told.getBoolean("active")).isEqualTo(isActive);
    return told;
  }

  private HubProgram node(String name, Map<String, String> settings) throws IOException {
    return HubProgram.start(Files.createDirectory(directory.resolve(name)), settings);
  }
}
