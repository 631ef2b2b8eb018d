package dev.allim.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubClient;
import dev.allim.testing.HubProgram;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A publisher that sends more than its share, through HTTP. */
class PublishRatesIT {
  private static final String NDJSON = "application/x-ndjson";

  /** So slow that nothing grows back while a test runs. */
  private static final Map<String, String> FEW =
      Map.of(
          "allim.limits.batch", "5",
          "allim.limits.publisher.notifications", "1",
          "allim.limits.publisher.notifications-burst", "60");

  @TempDir Path directory;

  private static String lines(int count) {
    return "{\"topic\":\"rate\"}\n".repeat(count);
  }

  private static HttpResponse<String> untilRefused(HubClient client) {
    return untilRefused(client, sent -> "192.0.2.7");
  }

  /** Each request says that it was forwarded for another. */
  private static HttpResponse<String> untilRefused(
      HubClient client, IntFunction<String> forwardedFor) {
    HttpResponse<String> answer;
    int sent = 0;
    do {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(client.uri("/events"))
              .header("Content-Type", NDJSON)
              .header("X-Forwarded-For", forwardedFor.apply(sent))
              .POST(HttpRequest.BodyPublishers.ofString(lines(5)));
      answer = client.send(request);
      assertThat(++sent).as("requests that passed").isLessThan(100);
    } while (answer.statusCode() == 201);
    return answer;
  }

  private static long kept(HubClient client) {
    HttpResponse<String> page =
        client.send(
            HttpRequest.newBuilder(client.uri("/events/rate?limit=1000"))
                .header("Accept", "application/json"));
    return page.body().split("\"topics\"", -1).length - 1L;
  }

  @Test
  void whoSendsMoreIsToldWhenToComeBackAndNothingOfItIsPublished() {
    try (HubProgram hub = HubProgram.start(directory, FEW)) {
      HttpResponse<String> refused = untilRefused(hub.client());

      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(429);
      assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
      assertThat(refused.body()).contains("\"limit\":1", "notifications a second");
      assertThat(refused.headers().firstValue("Retry-After")).get().asString().matches("[1-5]");
      assertThat(refused.headers().firstValue("RateLimit-Policy"))
          .contains("\"notifications\";q=60;w=60");
      assertThat(refused.headers().firstValue("RateLimit"))
          .get()
          .asString()
          .matches("\"notifications\";r=[0-4];t=[1-5]");
      assertThat(kept(hub.client()) % 5).as("batches are whole").isZero();
      assertThat(hub.client().metric("allim_rejected_total{reason=\"rate_limited\"}")).isOne();
    }
  }

  @Test
  void aClientCannotGiveItselfAnotherAddressUnlessAProxyIsTrusted() {
    try (HubProgram hub = HubProgram.start(directory, FEW)) {
      assertThat(untilRefused(hub.client(), sent -> "192.0.2." + sent).statusCode()).isEqualTo(429);
    }
  }

  @Test
  void behindATrustedProxyEachOfItsClientsHasItsOwnShare() {
    Map<String, String> trusting = new HashMap<>(FEW);
    trusting.put("quarkus.http.proxy.proxy-address-forwarding", "true");
    trusting.put("quarkus.http.proxy.trusted-proxies", "127.0.0.1");
    try (HubProgram hub = HubProgram.start(directory, trusting)) {
      HubClient client = hub.client();
      untilRefused(client);

      HttpResponse<String> other =
          client.send(
              HttpRequest.newBuilder(client.uri("/events/rate"))
                  .header("X-Forwarded-For", "198.51.100.9")
                  .POST(HttpRequest.BodyPublishers.ofString("x")));
      assertThat(other.statusCode()).as(other.body()).isEqualTo(201);
    }
  }

  @Test
  void aBurstThatWouldRefuseWhatIsRightStopsTheStart() {
    try (HubProgram hub =
        HubProgram.launch(
            directory,
            Map.of(
                "allim.limits.publisher.bytes", "1K",
                "allim.limits.publisher.bytes-burst", "2K"))) {
      assertThat(hub.awaitEnd()).isEqualTo(1);
      assertThat(hub.output())
          .contains("allim.limits.publisher.bytes-burst is 2048", "allim.limits.body has to pass")
          .doesNotContain("\tat ");
    }
  }
}
