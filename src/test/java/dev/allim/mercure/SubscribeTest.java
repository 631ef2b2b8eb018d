package dev.allim.mercure;

import static dev.allim.mercure.MercureClient.field;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.RawHttp;
import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.SseClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sections 2 and 3 of the checklist: what is asked for, and what comes. */
@QuarkusTest
@TestProfile(MercureHubs.Both.class)
class SubscribeTest {
  @TestHTTPResource("/")
  URI base;

  private final String topic = "https://example.com/" + UUID.randomUUID();

  private MercureClient hub() {
    return MercureClient.of(base);
  }

  private String update(String form) {
    return hub().publish(field("topic", topic) + "&" + form);
  }

  @Test
  void line5AStreamIsOpened() {
    try (SseClient reader = hub().listen(field("match", topic))) {
      assertThat(reader.head().statusCode()).isEqualTo(200);
      assertThat(reader.head().headers().firstValue("Content-Type")).contains("text/event-stream");
      assertThat(reader.head().headers().firstValue("Cache-Control").orElse(""))
          .contains("no-store")
          .contains("private");
      String id = update("data=x");

      assertThat(reader.next()).isEqualTo(new ReceivedEvent("message", "x", id));
    }
  }

  private RawHttp query(String query, String type, String body) {
    return RawHttp.connect(base)
        .request(
            "QUERY " + MercureClient.PATH + query + " HTTP/1.1",
            "Content-Type: " + type,
            "Content-Length: " + body.length())
        .send(body);
  }

  @Test
  void lines6To8AQueryMayAskInItsBodyToo() {
    String other = "https://example.com/" + UUID.randomUUID();
    try (RawHttp reader =
        query("?" + field("match", topic), MercureClient.FORM, field("match", other))) {
      assertThat(reader.readHead()).anyMatch(line -> line.startsWith("HTTP/1.1 200"));
      String first = update("data=x");
      String second = hub().publish(field("topic", other));

      assertThat(reader.readThrough(second)).contains(first);
    }
    try (RawHttp refused = query("", MercureClient.FORM, "Match=x")) {
      assertThat(refused.readAnswer().status()).isEqualTo(400);
    }
  }

  @Test
  void line9ABodyOfAnotherKindIsRefused() {
    try (RawHttp refused = query("?match=x", "application/json", "{}")) {
      assertThat(refused.readAnswer().status()).isEqualTo(400);
    }
  }

  @Test
  void line6OtherMethodsAreNot() {
    try (RawHttp refused = RawHttp.connect(base)) {
      RawHttp.Answer answer =
          refused.request("DELETE " + MercureClient.PATH + "?match=x HTTP/1.1").readAnswer();

      assertThat(answer.status()).isEqualTo(405);
      assertThat(answer.header("Allow")).contains("QUERY").contains("POST");
    }
  }

  @Test
  void line11AStreamComesOverHttp2() {
    try (SseClient reader =
        SseClient.open(
            HttpClient.Version.HTTP_2,
            hub().hub().uri(MercureClient.PATH + "?" + field("match", topic)))) {
      String id = update("data=x");

      assertThat(reader.next().lastEventId()).isEqualTo(id);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"match", "match_exact", "%6Datch", "topic"})
  void lines12And16EachNameOfAnExactMatcherIsOne(String name) {
    try (SseClient reader = hub().listen(field(name, topic))) {
      hub().publish(field("topic", topic + "/more"));
      String id = update("data=x");

      assertThat(reader.next().lastEventId()).isEqualTo(id);
    }
  }

  @Test
  void lines13And14AnyOfSeveralMatchersIsEnough() {
    String pattern = topic + "/:part";
    try (SseClient reader =
        hub()
            .listen(
                field("match", topic)
                    + "&"
                    + field("match_urlpattern", pattern)
                    + "&"
                    + field("topic", topic + "{/x}"))) {
      String one = update("data=x");
      String two = hub().publish(field("topic", topic + "/two"));
      String three = update("data=y");

      assertThat(reader.next(3))
          .extracting(ReceivedEvent::lastEventId)
          .containsExactly(one, two, three);
    }
  }

  @Test
  void line15AQueryIsReadAsFormsAre() {
    try (SseClient reader = hub().listen("&&match=a;b%21&match=1%25&match=a+b%3F&other")) {
      for (String name : new String[] {"a;b!", "1%", "a b?"}) {
        String id = hub().publish(field("topic", name));
        assertThat(reader.next().lastEventId()).isEqualTo(id);
      }
    }
    try (RawHttp raw = RawHttp.connect(base)) {
      raw.request("GET " + MercureClient.PATH + "?match=100% HTTP/1.1").readHead();
      assertThat(raw.readThrough(hub().publish(field("topic", "100%")))).isNotEmpty();
    }
  }

  @Test
  void line17ANameAloneHasAnEmptyValue() {
    assertThat(hub().get("match").statusCode()).isEqualTo(hub().get("match=").statusCode());
    assertThat(hub().get("match").body()).contains("empty");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Match",
        "MATCH",
        "match_Exact",
        "match_URLPATTERN",
        "matchurlpattern",
        "match_regexp",
        "match_",
        "matches",
        "match-x",
        "%4Datch"
      })
  void lines16To19WhatBeginsWithMatchIsReserved(String name) {
    assertThat(hub().get("match=x&" + name + "=x").statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{unclosed", "/(unclosed", "https://example.com/[("})
  void line20AMalformedPatternIsRefused(String pattern) {
    assertThat(hub().get(field("match_urlpattern", pattern)).statusCode()).isEqualTo(400);
  }

  @Test
  void line21MoreThanMayBeIsRefused() {
    assertThat(hub().get("match=x&".repeat(101)).statusCode()).isEqualTo(400);
    assertThat(hub().get(field("match", "x".repeat(2000))).statusCode()).isEqualTo(400);
  }

  @Test
  void line24AnybodyHearsWhatIsPublic() {
    assertThat(hub().get("").statusCode()).as("nothing is asked for").isEqualTo(400);
  }

  @Test
  void lines25And34MatchersNeverWidenRights() {
    String mine = topic + "/mine";
    try (SseClient anybody = hub().listen("match=*");
        SseClient some =
            hub().listen("match=*", "Authorization", MercureHubs.subscriber(mine).bearer())) {
      String hidden = update("private=on");
      String seen = hub().publish(field("topic", mine) + "&private=on");
      String open = update("data=open");

      assertThat(anybody.next().lastEventId()).isEqualTo(open);
      assertThat(some.next(2)).extracting(ReceivedEvent::lastEventId).containsExactly(seen, open);
      try (SseClient later = hub().listen("match=*", "Last-Event-ID", hidden)) {
        assertThat(later.head().headers().firstValue("Mercure-Last-Event-ID").orElse(""))
            .as("line 136: who may not see it cannot ask for it")
            .isEqualTo("earliest");
      }
    }
  }

  // ---- section 3

  @Test
  void lines28And29LinesOfDataStayData() {
    try (SseClient reader = hub().listen(field("match", topic))) {
      update("data=l1%0Al2%0Dl3%0D%0Al4");
      update(field("data", "x\nevent: y\nid: z\n\ndata: w"));

      assertThat(reader.next().data()).isEqualTo("l1\nl2\nl3\nl4");
      ReceivedEvent second = reader.next();
      assertThat(second.data()).isEqualTo("x\nevent: y\nid: z\n\ndata: w");
      assertThat(second.type()).isEqualTo("message");
    }
  }

  @Test
  void lines30To32AnEventHasAllThatWasPublished() {
    try (SseClient reader = hub().listen(field("match", topic))) {
      reader.nextRetry();
      String id = update("data=+x&type=foo&retry=5000");

      assertThat(reader.next()).isEqualTo(new ReceivedEvent("foo", " x", id));
      assertThat(reader.nextRetry()).isEqualTo(5000);
    }
  }

  @Test
  void line36AStreamEndsWithItsToken() {
    try (SseClient reader =
        hub()
            .listen(
                field("match", topic),
                "Authorization",
                MercureHubs.subscriber("*")
                    .lasting(java.time.Duration.ofSeconds(2), java.time.Instant.now())
                    .bearer())) {
      assertThat(reader.rest()).as("nothing is said of it that a publisher might say").isEmpty();
    }
  }

  @Test
  void theStreamBeginsWithNothingThatClientsCouldTakeForAnUpdate() {
    try (RawHttp raw = RawHttp.connect(base)) {
      raw.request("GET " + MercureClient.PATH + "?" + field("match", topic) + " HTTP/1.1");
      raw.readHead();
      String id = update("data=x");

      assertThat(raw.readThrough("data: x")).contains("retry: ").doesNotContain("place:");
      assertThat(id).isNotEmpty();
    }
  }
}
