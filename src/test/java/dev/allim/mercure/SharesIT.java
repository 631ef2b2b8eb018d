package dev.allim.mercure;

import static dev.allim.mercure.MercureClient.field;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubProgram;
import dev.allim.testing.Tokens;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who publishes over Mercure has a share of its own, too, and is told when it is used up. */
class SharesIT {
  private static final String TOPIC = "https://example.com/share";

  /** One a second, so that a machine would have to be slow indeed for none to be refused. */
  private static final Map<String, String> FEW =
      Map.of(
          "allim.mercure.publisher-key",
          MercureHubs.PUBLISHER_KEY,
          "allim.mercure.subscriber-key",
          MercureHubs.SUBSCRIBER_KEY,
          "allim.mercure.url",
          MercureHubs.HUB,
          "allim.mercure.issuer",
          MercureHubs.ISSUER,
          "allim.mercure.anonymous",
          "true",
          "allim.limits.batch",
          "5",
          "allim.limits.publisher.notifications",
          "1",
          "allim.limits.publisher.notifications-burst",
          "20");

  @TempDir Path directory;

  private static HttpResponse<String> publish(MercureClient hub, Tokens publisher, String data) {
    return hub.post(
        field("topic", TOPIC) + "&" + field("data", data), "Authorization", publisher.bearer());
  }

  private static Tokens publisher(String name) {
    return MercureHubs.publisher("*").of(name);
  }

  /** What passed before, and the refusal. */
  private record Refused(int before, HttpResponse<String> answer) {}

  private static Refused untilRefused(MercureClient hub, Tokens publisher) {
    HttpResponse<String> answer = publish(hub, publisher, "x");
    int passed = 0;
    while (answer.statusCode() == 200) {
      assertThat(++passed).as("updates that passed").isLessThan(200);
      answer = publish(hub, publisher, "x");
    }
    return new Refused(passed, answer);
  }

  private static int kept(HubProgram program) {
    HttpResponse<String> page =
        program
            .client()
            .send(
                HttpRequest.newBuilder(program.uri("/events?limit=1000&" + field("topic", TOPIC)))
                    .header("Accept", "application/json"));
    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
    return page.body().split("\"topics\"", -1).length - 1;
  }

  @Test
  void whoSendsMoreIsToldWhenToComeBackAndNothingOfItIsPublished() {
    try (HubProgram program = HubProgram.start(directory, FEW)) {
      MercureClient hub = MercureClient.of(program.uri("/"));
      Refused refused = untilRefused(hub, publisher("flood"));

      HttpResponse<String> answer = refused.answer();
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
      assertThat(answer.body()).contains("\"limit\":1", "notifications a second");
      assertThat(answer.headers().firstValue("Retry-After")).contains("1");
      assertThat(answer.headers().firstValue("RateLimit-Policy"))
          .contains("\"notifications\";q=20;w=20");
      assertThat(answer.headers().firstValue("RateLimit")).contains("\"notifications\";r=0;t=1");
      assertThat(refused.before()).isGreaterThanOrEqualTo(20);
      assertThat(kept(program)).isEqualTo(refused.before());
      assertThat(program.client().metric("allim_rejected_total{reason=\"rate_limited\"}")).isOne();
      assertThat(publish(hub, publisher("another"), "x").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void bytesAreCounted() {
    Map<String, String> settings = new HashMap<>(FEW);
    settings.put("allim.limits.publisher.notifications", "1000");
    settings.put("allim.limits.publisher.notifications-burst", "1000");
    settings.put("allim.limits.body", "1K");
    settings.put("allim.limits.data", "1K");
    settings.put("allim.limits.publisher.bytes", "1K");
    settings.put("allim.limits.publisher.bytes-burst", "4K");
    try (HubProgram program = HubProgram.start(directory, settings)) {
      MercureClient hub = MercureClient.of(program.uri("/"));
      HttpResponse<String> answer;
      int sent = 0;
      do {
        answer = publish(hub, publisher("flood"), "x".repeat(900));
        assertThat(++sent).as("updates that passed").isLessThan(200);
      } while (answer.statusCode() == 200);

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
      assertThat(answer.headers().firstValue("RateLimit-Policy").orElse(""))
          .contains("\"bytes\";q=4096;qu=\"content-bytes\";w=4");
      assertThat(answer.headers().firstValue("RateLimit").orElse("")).startsWith("\"bytes\";r=");
    }
  }
}
