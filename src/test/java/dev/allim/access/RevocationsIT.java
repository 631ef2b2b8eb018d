package dev.allim.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allim.testing.HubProgram;
import dev.allim.testing.RedisServer;
import dev.allim.testing.SseClient;
import dev.allim.testing.Tokens;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was revoked stays so: over a restart, and at every node. */
class RevocationsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;

  private static Tokens token() {
    return Tokens.shared()
        .lasting(Duration.ofMinutes(10), Instant.now())
        .granting(List.of("{+any}"), List.of("a"));
  }

  private static int publish(HubProgram hub, Tokens token) {
    return hub.client()
        .send(
            HttpRequest.newBuilder(hub.uri("/events/a"))
                .header("Authorization", token.bearer())
                .POST(BodyPublishers.ofString("x")))
        .statusCode();
  }

  private static int revoke(HubProgram hub, String document) {
    String admin = token().granting("admin").of("admin").bearer();
    return hub.client()
        .send(
            HttpRequest.newBuilder(hub.uri("/revocations"))
                .header("Authorization", admin)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(document)))
        .statusCode();
  }

  @Test
  void itSurvivesTheProgramAndAPurge() {
    Tokens token = token().of("42");
    try (HubProgram hub = HubProgram.start(directory, Map.of("allim.auth.secret", Tokens.SECRET))) {
      assertThat(publish(hub, token)).isEqualTo(201);
      assertThat(revoke(hub, "{\"sub\":\"42\"}")).isEqualTo(201);
      assertThat(publish(hub, token)).isEqualTo(401);
      hub.client()
          .send(
              HttpRequest.newBuilder(hub.uri("/events/a"))
                  .header("Authorization", token().of("43").bearer())
                  .DELETE());
      hub.kill();

      hub.startAgain();

      assertThat(publish(hub, token)).isEqualTo(401);
      assertThat(publish(hub, token().of("43"))).isEqualTo(201);
    }
  }

  @Test
  void itReachesEveryNode() {
    try (RedisServer redis = RedisServer.start(directory, "--appendonly", "yes")) {
      Map<String, String> settings =
          Map.of(
              "allim.auth.secret",
              Tokens.SECRET,
              "allim.history.engine",
              "redis",
              "allim.history.redis.grace",
              "1s",
              "quarkus.redis.hosts",
              redis.uri());
      try (HubProgram one = HubProgram.start(directory, settings);
          HubProgram two = HubProgram.start(directory, settings)) {
        Tokens token = token().of("42");
        assertThat(publish(two, token)).isEqualTo(201);
        try (SseClient reader = two.client().listen("/events/a", "Authorization", token.bearer())) {
          assertThat(revoke(one, "{\"sub\":\"42\"}")).isEqualTo(201);
          reader.awaitEnd();
        }
        assertThat(publish(two, token)).isEqualTo(401);
        whatIsLostIsPutBackAndWhatCannotBeKeptIsNotPromised(redis, one, two, token);
      }
    }
  }

  private void whatIsLostIsPutBackAndWhatCannotBeKeptIsNotPromised(
      RedisServer redis, HubProgram one, HubProgram two, Tokens token) {
    redis.kill();
    await().atMost(PATIENCE).until(() -> publish(one, token().of("43")) == 503);
    assertThat(revoke(one, "{\"sub\":\"43\"}")).isEqualTo(503);
    assertThat(publish(one, token)).as("known without Redis").isEqualTo(401);

    redis.startAgain();

    await().atMost(PATIENCE).until(() -> revoke(one, "{\"sub\":\"43\"}") == 201);
    await().atMost(PATIENCE).until(() -> publish(two, token().of("43")) == 401);
  }
}
