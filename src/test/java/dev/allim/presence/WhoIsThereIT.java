package dev.allim.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allim.testing.HubProgram;
import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.RedisServer;
import dev.allim.testing.SseClient;
import dev.allim.testing.Tokens;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is there, told by the packaged program to whom it may concern, and by many of them. */
class WhoIsThereIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String RESERVED = "$hub/subscriptions";

  @TempDir Path directory;

  private static Map<String, String> settings(String... more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("allim.auth.secret", Tokens.SECRET);
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return settings;
  }

  private static String admin() {
    return Tokens.shared().granting("admin").bearer();
  }

  private static String listening(String subject, String... topics) {
    return Tokens.shared()
        .lasting(Duration.ofHours(1), Instant.now())
        .of(subject)
        .granting(List.of(), List.of(topics))
        .bearer();
  }

  private static HttpResponse<String> get(HubProgram hub, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(hub.uri("/subscriptions"));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return hub.client().send(request);
  }

  private static Set<String> there(HubProgram hub) {
    HttpResponse<String> answer = get(hub, "Authorization", admin());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new HashSet<>(JsonPath.from(answer.body()).<String>getList("items.subject"));
  }

  private static SseClient join(HubProgram hub, String subject) {
    return hub.client().listen("/events/room", "Authorization", listening(subject, "x"));
  }

  // ---- who may know

  @Test
  void whoMayKnowIsAnAdministratorAndWhoWasGrantedTheTopic() {
    try (HubProgram hub = HubProgram.start(directory, settings());
        SseClient alice = join(hub, "alice")) {
      assertThat(alice.head().statusCode()).isEqualTo(200);
      HttpResponse<String> anybody = get(hub);
      assertThat(anybody.statusCode()).isEqualTo(401);
      assertThat(anybody.headers().firstValue("WWW-Authenticate"))
          .contains("Bearer realm=\"allim\"");
      for (String topic : List.of("*", "{+any}", "$hub/{any}", "$hub/figures")) {
        HttpResponse<String> other = get(hub, "Authorization", listening("bob", topic));
        assertThat(other.statusCode()).as(topic).isEqualTo(403);
        assertThat(other.headers().firstValue("WWW-Authenticate").orElse(""))
            .contains("insufficient_scope", "admin");
        assertThat(other.body()).doesNotContain("alice");
      }

      assertThat(there(hub)).containsExactly("alice");
      JsonPath granted =
          JsonPath.from(get(hub, "Authorization", listening("bob", RESERVED)).body());
      assertThat(granted.<String>getList("items.subject")).containsExactly("alice");
      assertThat(granted.getString("items[0].address")).isNull();
    }
  }

  @Test
  void withoutAKeyItIsToldWherePublishingIsOpen() {
    try (HubProgram closed = HubProgram.start(directory, Map.of("allim.publish.open", ""))) {
      HttpResponse<String> answer = get(closed);
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body()).contains("allim.auth.secret");
    }
    try (HubProgram open = HubProgram.start(directory, Map.of("allim.publish.open", "true"));
        SseClient reader = open.client().listen("/events/room")) {
      assertThat(reader.head().statusCode()).isEqualTo(200);
      assertThat(JsonPath.from(get(open).body()).<String>getList("items.address"))
          .containsExactly("127.0.0.1");
    }
  }

  // ---- who comes and goes

  /** What somebody hears until it has heard of these. */
  private static final class Heard {
    final List<String> joined = new ArrayList<>();
    final List<String> left = new ArrayList<>();

    void until(SseClient stream, List<String> joins, List<String> leaves) {
      while (!joined.containsAll(joins) || !left.containsAll(leaves)) {
        await().atMost(PATIENCE).until(() -> stream.waiting() > 0);
        ReceivedEvent event = stream.next();
        assertThat(event.type()).isEqualTo("subscriptions");
        JsonPath told = JsonPath.from(event.data());
        add(told, "joined.subject", joined);
        add(told, "left.subject", left);
      }
    }

    private static void add(JsonPath told, String path, List<String> to) {
      List<String> some = told.getList(path);
      if (some != null) {
        to.addAll(some);
      }
    }
  }

  @Test
  void whoComesAndGoesIsToldToWhoWasGrantedItAloneAndReconnectsAreNot() {
    Map<String, String> telling = settings("allim.presence.announce", "true");
    try (HubProgram hub = HubProgram.start(directory, telling);
        SseClient anybody = hub.client().listen("/events?topic=" + RESERVED + "&topic=end");
        SseClient watcher =
            hub.client()
                .listen(
                    "/events?topic=" + RESERVED, "Authorization", listening("watcher", RESERVED))) {
      Heard heard = new Heard();
      try (SseClient bob = join(hub, "bob")) {
        try (SseClient alice = join(hub, "alice")) {
          assertThat(alice.head().statusCode()).isEqualTo(bob.head().statusCode());
          heard.until(watcher, List.of("watcher", "alice", "bob"), List.of());
        }
        await().atMost(PATIENCE).until(() -> !there(hub).contains("alice"));
      }
      try (SseClient again = join(hub, "alice")) {
        assertThat(again.head().statusCode()).isEqualTo(200);
        heard.until(watcher, List.of(), List.of("bob"));
        assertThat(heard.left).containsExactly("bob");
        assertThat(heard.joined).containsOnlyOnce("watcher", "alice", "bob");
      }
      heard.until(watcher, List.of(), List.of("alice"));
      assertThat(heard.left).containsExactly("bob", "alice");
      hub.client()
          .send(
              HttpRequest.newBuilder(hub.uri("/events/end"))
                  .header(
                      "Authorization", Tokens.shared().granting(List.of("end"), List.of()).bearer())
                  .POST(HttpRequest.BodyPublishers.ofString("the end")));
      assertThat(anybody.next().data()).isEqualTo("the end");
    }
  }

  @Test
  void unlessThatIsWantedItCostsTheHistoryNothing() throws Exception {
    Map<String, String> quiet = settings("allim.figures.enabled", "false");
    try (HubProgram hub = HubProgram.start(directory, quiet)) {
      try (SseClient alice = join(hub, "alice")) {
        assertThat(alice.head().statusCode()).isEqualTo(200);
        assertThat(there(hub)).containsExactly("alice");
      }
      assertThat(hub.client().metric("allim_history_events")).isZero();
    }
  }

  // ---- many nodes

  @Test
  void everyNodeKnowsWhoIsThereAndForgetsTheDead() throws IOException {
    try (RedisServer redis = RedisServer.start(Files.createDirectory(directory.resolve("redis")))) {
      Map<String, String> shared =
          settings("allim.history.engine", "redis", "quarkus.redis.hosts", redis.uri());
      try (HubProgram one = node("one", shared);
          HubProgram two = node("two", shared);
          SseClient alice = join(one, "alice");
          SseClient bob = join(two, "bob")) {
        assertThat(alice.head().statusCode()).isEqualTo(bob.head().statusCode());
        for (HubProgram node : List.of(one, two)) {
          await().atMost(PATIENCE).until(() -> there(node).equals(Set.of("alice", "bob")));
        }
        try (SseClient carol = join(two, "carol")) {
          assertThat(carol.head().statusCode()).isEqualTo(200);
          await().atMost(PATIENCE).until(() -> there(one).contains("carol"));
        }
        await().atMost(PATIENCE).until(() -> !there(one).contains("carol"));
        assertThat(there(one)).containsExactlyInAnyOrder("alice", "bob");

        two.kill();

        await().atMost(PATIENCE).until(() -> there(one).equals(Set.of("alice")));
      }
    }
  }

  private HubProgram node(String name, Map<String, String> settings) throws IOException {
    return HubProgram.start(Files.createDirectory(directory.resolve(name)), settings);
  }
}
