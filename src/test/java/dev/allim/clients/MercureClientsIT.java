package dev.allim.clients;

import static dev.allim.clients.ForeignClientsIT.awaitData;
import static dev.allim.clients.ForeignClientsIT.awaitReader;
import static dev.allim.clients.ForeignClientsIT.withData;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubProgram;
import dev.allim.testing.Tokens;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clients from npm, of today and of years ago, read the packaged hub as a Mercure hub: what is
 * private, by a template of draft 07, through a hub that dies.
 */
class MercureClientsIT {
  private static final String HUB = "/.well-known/mercure";
  private static final String KEY = "the key of a Mercure hub, which is long enough";

  @TempDir Path directory;

  private static Tokens granting(String action) {
    return Tokens.signed("HS256", Tokens.secret(KEY))
        .with("mercure", Map.of(action, List.of("https://example.com/books/{id}")));
  }

  private static String publish(HubProgram hub, String data) {
    String form =
        "topic=https%3A%2F%2Fexample.com%2Fbooks%2F1&private=on&data="
            + URLEncoder.encode(data, StandardCharsets.UTF_8);
    HttpResponse<String> answer =
        hub.client()
            .send(
                HttpRequest.newBuilder(hub.uri(HUB))
                    .header("Authorization", granting("publish").bearer())
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(form)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  @ParameterizedTest
  @EnumSource(names = {"EVENTSOURCE", "EVENTSOURCE_1", "FETCH_EVENT_SOURCE"})
  void itHearsEveryUpdateOnce(ForeignClient client) throws IOException {
    String stream = HUB + "?topic=https%3A%2F%2Fexample.com%2Fbooks%2F%7Bid%7D";
    try (HubProgram hub =
            HubProgram.start(
                directory,
                Map.of(
                    "allim.mercure.publisher-key",
                    KEY,
                    "allim.mercure.subscriber-key",
                    KEY,
                    "allim.stream.retry",
                    "300ms"));
        ForeignClient.Running reader =
            client.listen(hub.uri(stream), granting("subscribe").text())) {
      List<String> ids = new ArrayList<>();
      awaitReader(hub);
      ids.add(publish(hub, "one"));
      ids.add(publish(hub, "two\n\nwith a blank line"));
      awaitData(reader, 2);

      hub.kill();
      hub.startAgain();
      ids.add(publish(hub, "three, while it was away"));
      ids.add(publish(hub, "end"));
      awaitData(reader, 4);

      assertThat(withData(reader))
          .extracting(ForeignClient.Message::data)
          .containsExactly("one", "two\n\nwith a blank line", "three, while it was away", "end");
      assertThat(withData(reader))
          .extracting(ForeignClient.Message::id)
          .containsExactlyElementsOf(ids);
    }
  }
}
