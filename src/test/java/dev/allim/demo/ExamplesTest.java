package dev.allim.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubClient;
import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.SseClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scheduled jobs behind the examples of the page. */
@QuarkusTest
@TestProfile(ExamplesTest.WithExamples.class)
class ExamplesTest {
  /** As in development. */
  public static class WithExamples implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("allim.demo.examples", "true");
    }
  }

  @TestHTTPResource("/")
  URI base;

  private ReceivedEvent first(String target) {
    try (SseClient page = new HubClient(base).listen(target)) {
      return page.next();
    }
  }

  @ParameterizedTest
  @CsvSource({"alerts, alert, level", "prices, price, symbol", "chat, chat, name"})
  void eachHasATopicAndANameOfItsOwn(String topic, String name, String field) {
    ReceivedEvent event = first("/events/demo/%s?since=earliest".formatted(topic));

    assertThat(event.type()).isEqualTo(name);
    assertThat(JsonPath.from(event.data()).getString(field)).isNotEmpty();
  }

  @Test
  void theLatestPricesAreOneForEachSymbol() {
    JsonPath event = JsonPath.from(first("/events/demo/prices?since=latest&envelope=json").data());

    assertThat(event.getString("key"))
        .isEqualTo(JsonPath.from(event.getString("data")).getString("symbol"));
  }

  @Test
  void theyAreNamedSoThatTheOriginalPageShowsNothingOfThem() {
    try (SseClient page = new HubClient(base).listen("/events?topic=demo/%7Bwhich%7D")) {
      assertThat(page.next(5))
          .extracting(ReceivedEvent::type)
          .allMatch(type -> !type.equals("message") && !type.equals("update"));
    }
  }
}
