package dev.allim.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.SseClient;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The last of what was published, and pages back from the newest. */
@QuarkusTest
class NewestFirstTest extends AskingForHistory {
  @Test
  void theLastOfATopicComeOldestFirstAndLeadOn() {
    publish("last/page", "l-1", "l-2", "l-3", "l-4");

    JsonPath last = json("/events/last/page?last=2");
    publish("last/page", "l-5");

    assertThat(idsOf(last)).containsExactly("l-3", "l-4");
    assertThat(last.getBoolean("complete")).isTrue();
    assertThat(idsOf(json("/events/last/page?since=" + last.getString("next"))))
        .containsExactly("l-5");
  }

  @Test
  void aStreamBeginsWithTheLastAndGoesOnLive() {
    publish("last/stream", "s-1", "s-2", "s-3");

    try (SseClient reader = hub().listen("/events?topic=last/%7Bx%7D&topic=last/stream&last=2")) {
      assertThat(reader.next(2))
          .extracting(ReceivedEvent::lastEventId)
          .containsExactly("s-2", "s-3");
      publish("last/stream", "s-4");
      assertThat(reader.next(1)).extracting(ReceivedEvent::lastEventId).containsExactly("s-4");
    }
  }

  /** As an EventSource does, which keeps its address. */
  @Test
  void whoComesBackGoesOnWhereItWasWhateverLastSays() {
    publish("last/again", "a-1", "a-2", "a-3", "a-4");

    assertThat(ids("/events/last/again?last=1&lastEventId=a-1", 3))
        .containsExactly("a-2", "a-3", "a-4");
  }

  @Test
  void pagesLeadFromTheNewestBackToTheOldest() {
    publish("desc", "d-1", "d-2", "d-3", "d-4", "d-5");

    JsonPath first = json("/events/desc?order=desc&limit=2");
    publish("desc", "d-6");
    JsonPath second = json("/events/desc?order=desc&limit=2&before=" + first.getString("next"));
    JsonPath third = json("/events/desc?order=desc&limit=2&before=" + second.getString("next"));

    assertThat(idsOf(first)).containsExactly("d-5", "d-4");
    assertThat(idsOf(second)).containsExactly("d-3", "d-2");
    assertThat(idsOf(third)).containsExactly("d-1");
    assertThat(third.getBoolean("complete")).isTrue();
    assertThat(third.getString("next")).isNull();
    assertThat(json("/events/desc?order=desc&before=d-unknown").getString("gap.asked"))
        .isEqualTo("d-unknown");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "last: last=0",
        "last: last=1001",
        "last: last=some",
        "last: last=5&since=10m",
        "limit: last=5&limit=3",
        "order: order=newest",
        "since: order=desc&since=10m",
        "last: order=desc&last=5",
        "before: before=x"
      })
  void whatCannotGoTogetherIsRefusedByName(String expected) {
    String[] fieldAndQuery = expected.split(": ");

    page("/events/x?" + fieldAndQuery[1])
        .then()
        .statusCode(400)
        .body("field", is(fieldAndQuery[0]));
  }

  @Test
  void aStreamHasNoOrder() {
    given().get("/events/x?order=desc").then().statusCode(400).body("field", is("order"));
  }
}
