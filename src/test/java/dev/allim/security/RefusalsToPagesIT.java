package dev.allim.security;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allim.testing.FreshDirectory;
import dev.allim.testing.HubProgram;
import dev.allim.testing.RedisServer;
import dev.allim.testing.Tokens;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A page of another origin may read why it is refused, whatever refuses it, and by which door. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RefusalsToPagesIT {
  private static final String PAGE = "https://page.example";
  private static final String JSON = "application/json";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final RedisServer redis = RedisServer.start(FreshDirectory.of("refusals-redis"));
  private final HubProgram hub =
      HubProgram.start(
          FreshDirectory.of("refusals"),
          Map.ofEntries(
              entry("allim.auth.secret", Tokens.SECRET),
              entry("allim.auth.ticket.most", "2"),
              entry("allim.mercure.enabled", "true"),
              entry("allim.mercure.draft07", "true"),
              entry("allim.history.engine", "redis"),
              entry("allim.history.redis.grace", "1s"),
              entry("allim.limits.batch", "2"),
              entry("allim.limits.publisher.notifications", "1"),
              entry("allim.limits.publisher.notifications-burst", "2"),
              entry("quarkus.redis.hosts", redis.uri()),
              entry("quarkus.http.cors.enabled", "true"),
              entry("quarkus.http.cors.origins", PAGE)));

  @AfterAll
  void close() {
    hub.close();
    redis.close();
  }

  /** What a page sends. */
  private record Asked(String method, String target, String type, String body) {
    @Override
    public String toString() {
      return method + " " + target + " " + type;
    }
  }

  private static final List<Asked> PUBLISHES =
      List.of(
          new Asked("POST", "/events", JSON, "{\"topic\":\"a\"}"),
          new Asked("POST", "/events", "application/x-ndjson", "{\"topic\":\"a\"}\n"),
          new Asked("POST", "/events/a", "text/plain", "x"),
          new Asked("DELETE", "/events/a", "", ""),
          new Asked("POST", "/.well-known/mercure", FORM, "topic=a"));

  private static final Asked TICKET = new Asked("POST", "/tickets", "", "");
  private static final Asked SESSION = new Asked("POST", "/session", "", "");
  private static final Asked REVOKED = new Asked("POST", "/revocations", JSON, "{\"sub\":\"x\"}");

  private static Tokens token(String subject) {
    return Tokens.shared()
        .lasting(Duration.ofMinutes(10), Instant.now())
        .of(subject)
        .with(
            "allim",
            Map.of("publish", List.of("{+x}"), "subscribe", List.of("{+x}"), "admin", true))
        .with("mercure", Map.of("publish", List.of("*")));
  }

  private HttpResponse<String> ask(Asked asked, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(hub.uri(asked.target()))
            .method(asked.method(), BodyPublishers.ofString(asked.body()))
            .header("Origin", PAGE);
    if (!asked.type().isEmpty()) {
      request.header("Content-Type", asked.type());
    }
    return hub.client().send(headers.length == 0 ? request : request.headers(headers));
  }

  private void requireReadable(int status, Asked asked, String... headers) {
    requireReadable(status, asked, ask(asked, headers));
  }

  private static void requireReadable(int status, Asked asked, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as("%s: %s", asked, answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
        .as("%s: %s", asked, answer.body())
        .contains(PAGE);
    assertThat(answer.headers().firstValue("Access-Control-Expose-Headers").orElse(""))
        .contains("Retry-After", "WWW-Authenticate");
  }

  @Test
  void whoShowsNothingOrTooLittle() {
    String little = token("little").with("allim", Map.of()).without("mercure").bearer();
    for (Asked asked : PUBLISHES) {
      requireReadable(401, asked);
      requireReadable(401, asked, "Authorization", "Bearer wrong");
      requireReadable(403, asked, "Authorization", little);
    }
    requireReadable(401, TICKET);
    requireReadable(401, SESSION);
    requireReadable(403, SESSION, "Authorization", token("page").bearer());
    requireReadable(401, REVOKED);
    requireReadable(403, REVOKED, "Authorization", little);
    requireReadable(401, new Asked("GET", "/subscriptions", "", ""));
    requireReadable(403, new Asked("GET", "/subscriptions", "", ""), "Authorization", little);
    requireReadable(401, new Asked("GET", "/events?ticket=guessed", "", ""));
  }

  @Test
  void whoSendsTooMuch() {
    for (Asked asked : PUBLISHES) {
      requireRefusedInTheEnd(asked, token("fast with " + asked));
    }
    requireRefusedInTheEnd(TICKET, token("page of many tickets"));
  }

  private void requireRefusedInTheEnd(Asked asked, Tokens token) {
    HttpResponse<String> answer = ask(asked, "Authorization", token.bearer());
    for (int sent = 1; answer.statusCode() < 300; sent++) {
      assertThat(sent).as(asked.toString()).isLessThan(1_000);
      answer = ask(asked, "Authorization", token.bearer());
    }
    requireReadable(429, asked, answer);
  }

  /** The last one, as it leaves the hub without its log. */
  @Test
  @Order(Integer.MAX_VALUE)
  void whileTheLogIsAway() {
    redis.kill();
    Asked first = PUBLISHES.get(0);
    await()
        .atMost(PATIENCE)
        .until(() -> ask(first, "Authorization", token("at first").bearer()).statusCode() == 503);

    for (Asked asked : PUBLISHES) {
      requireReadable(503, asked, "Authorization", token("away " + asked).bearer());
    }
    requireReadable(503, TICKET, "Authorization", token("away").bearer());
    requireReadable(503, REVOKED, "Authorization", token("away").bearer());
    requireReadable(
        503, new Asked("GET", "/events", "", ""), "Accept", JSON, "Accept-Language", "en");
    requireReadable(503, new Asked("GET", "/events?ticket=any", "", ""), "Accept", JSON);
  }
}
