package dev.allim.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubProgram;
import dev.allim.testing.Tokens;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The page that Mercure's users have, in a real browser, on a hub with the three settings. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MercureIT {
  private static final String KEY = "!ChangeThisMercureHubJWTSecretKey!";
  private static final String HUB = "/.well-known/mercure";

  @TempDir static Path directory;

  private HubProgram hub;
  private Browser browser;

  @BeforeAll
  void start() {
    hub =
        HubProgram.start(
            directory,
            Map.of(
                "allim.mercure.publisher-key", KEY,
                "allim.mercure.subscriber-key", KEY,
                "allim.mercure.anonymous", "true"));
    browser = Browser.open();
    browser.visit(hub.uri("/"));
  }

  @AfterAll
  void close() {
    browser.close();
    hub.close();
  }

  /** Listens first, and keeps what comes; returns when the stream is open. */
  private void listen(String topic) {
    browser.holds(
        """
        window.got = [];
        window.source = new EventSource('%s?topic=' + encodeURIComponent('%s'));
        source.onmessage = (event) => got.push(event.lastEventId, event.data);
        return true;
        """
            .formatted(HUB, topic));
    browser.awaitTrue("return source.readyState === EventSource.OPEN");
  }

  private static String field(String name, String value) {
    return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private String publish(String... fields) {
    String token =
        Tokens.signed("HS256", Tokens.secret(KEY))
            .with("mercure", Map.of("publish", List.of("*")))
            .bearer();
    HttpResponse<String> answer =
        hub.client()
            .send(
                HttpRequest.newBuilder(hub.uri(HUB))
                    .header("Authorization", token)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(String.join("&", fields))));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private List<String> got(int events) {
    browser.awaitTrue("return got.length >= %d".formatted(2 * events));
    return browser.strings("return got");
  }

  @Test
  void whatIsPublishedIsReceived() {
    String topic = "https://example.com/books/1";
    String id = "id-[\"https://example.com/1\"]: {x}";
    String data = "one\n\n\ntwo: [3]\n";
    listen("https://example.com/books/{id}");

    publish(field("topic", topic), field("id", id), field("data", data));
    String second = publish(field("topic", topic));

    assertThat(got(2)).containsExactly(id, data, second, "");
  }

  @Test
  void whatIsPrivateIsNotHeardByAnybody() {
    String topic = "https://example.com/private";
    listen(topic);

    publish(field("topic", topic), field("data", "hidden"), "private=on");
    String id = publish(field("topic", topic), field("data", "open"));

    assertThat(got(1)).containsExactly(id, "open");
  }
}
