package dev.allim.mercure;

import static dev.allim.mercure.MercureClient.field;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.SseClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 6 of the checklist, and the strings of section 1 where they are published. */
@QuarkusTest
@TestProfile(MercureHubs.Both.class)
class PublishTest {
  @TestHTTPResource("/")
  URI base;

  private final String topic = "https://example.com/" + UUID.randomUUID();

  private MercureClient hub() {
    return MercureClient.of(base);
  }

  private int status(String form) {
    return hub().postAllowed(form).statusCode();
  }

  private String withTopic(String form) {
    return field("topic", topic) + "&" + form;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%FF",
        "%C3%28",
        "%ED%A0%80",
        "a%00",
        "a%09b",
        "a%0Ab",
        "a%0Db",
        "%7F",
        "%C2%85",
        "%C2%AD",
        "%D8%80",
        "%E0%A2%90",
        "%E2%80%8B",
        "%E2%80%8D",
        "%E2%80%AE",
        "%E2%81%A6",
        "%EF%BB%BF",
        "%F0%93%90%B9",
        "%F3%A0%80%81"
      })
  void lines1To3ForbiddenTextIsRefusedInTopicIdAndType(String text) {
    assertThat(status("topic=https://example.com/" + text)).isEqualTo(400);
    assertThat(status(withTopic("id=x" + text + "x"))).isEqualTo(400);
    assertThat(status(withTopic("type=x" + text + "x"))).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"id-[\"https://x/{1}\"]", "مرحبا", "é à", "漢字", "🙂", "a:b;c"})
  void line4OrdinaryTextIsTaken(String text) {
    String id = text + UUID.randomUUID();

    assertThat(hub().publish(field("topic", text) + "&" + field("id", id))).isEqualTo(id);
  }

  @Test
  void lines52And53AnUpdateIsAnsweredByItsIdAlone() {
    HttpResponse<String> answer = hub().postAllowed(withTopic("data=x"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
    assertThat(answer.body()).startsWith("urn:uuid:").hasSize(45);
  }

  @Test
  void line54WithoutATopicOrAFormThereIsNoUpdate() {
    assertThat(status("data=x")).isEqualTo(400);
    assertThat(
            hub()
                .postAs(
                    "application/json",
                    "{\"topic\":\"x\"}",
                    "Authorization",
                    MercureHubs.publisher("*").bearer())
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void line55AnUpdateIsHeardOnceUnderEachOfItsTopics() {
    try (SseClient both = hub().listen(field("match", topic) + "&" + field("match", topic + "/2"));
        SseClient second = hub().listen(field("match", topic + "/2"))) {
      String id = hub().publish(withTopic(field("topic", topic + "/2")));
      String last = hub().publish(field("topic", topic + "/2"));

      assertThat(both.next(2)).extracting(ReceivedEvent::lastEventId).containsExactly(id, last);
      assertThat(second.next(2)).extracting(ReceivedEvent::lastEventId).containsExactly(id, last);
    }
  }

  @Test
  void line56NobodyPublishesToAllTopics() {
    assertThat(status("topic=*")).isEqualTo(400);
    assertThat(status(withTopic("topic=*"))).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/.well-known/mercure",
        "/.well-known/mercure/x",
        "https://any.host/.well-known/mercure/subscriptions/a",
        "http://any.host/.well-known/mercure",
        "mercure/x",
        "",
        "https://h/.well-known/%6Dercure/x",
        "/.well-known/me%72cure",
        "/a/../.well-known/mercure/x",
        "/%2ewell-known/mercure",
        "/.well-known/x/%2e%2e/mercure",
        "//h/.well-known/mercure/x",
        "/.well-known/mercure?x=1",
        "urn:/.well-known/mercure/x",
        "https:\\\\h\\.well-known\\mercure\\x",
        "mercure",
        "?x",
        "#x"
      })
  void lines57And58WhatLeadsToTheHubIsTheHubs(String reserved) {
    assertThat(status(field("topic", reserved))).isEqualTo(400);
    assertThat(status(withTopic(field("topic", reserved)))).isEqualTo(400);
    assertThat(
            hub()
                .post(
                    field("topic", reserved),
                    "Authorization",
                    MercureHubs.publisher("other").bearer())
                .statusCode())
        .as("whatever the token")
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://h/.well-known/mercureX",
        "https://h/.well-known/mercure-dash",
        "https://h/a/.well-known/mercure/b",
        "subscriptions/x",
        "../mercure/x",
        "/.well-known/mercure%2Fx",
        "/.WELL-KNOWN/mercure",
        "/.well-known//mercure",
        "/.well-known/mercure/..",
        "/.well-known/%256Dercure",
        "urn:example:mercure",
        "plain name with spaces",
        "http://[::1"
      })
  void line59WhatDoesNotIsAnybodys(String free) {
    assertThat(status(field("topic", free))).isEqualTo(200);
  }

  @Test
  void line61DataMayBeLeftOutAndIsNeverRead() {
    try (SseClient reader = hub().listen(field("match", topic))) {
      hub().publish(field("topic", topic));
      hub().publish(withTopic(field("data", "{not json")));

      assertThat(reader.next(2)).extracting(ReceivedEvent::data).containsExactly("", "{not json");
    }
  }

  @Test
  void line62DataIsText() {
    assertThat(status(withTopic("data=%FF"))).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"private=on", "private=", "private", "private=off", "private=0", "private=false"})
  void line63TheFieldAloneMakesItPrivate(String field) {
    try (SseClient anybody = hub().listen(field("match", topic));
        SseClient granted =
            hub()
                .listen(
                    field("match", topic),
                    "Authorization",
                    MercureHubs.subscriber(topic).bearer())) {
      String hidden = hub().publish(withTopic(field));
      String open = hub().publish(withTopic("data=open"));

      assertThat(granted.next().lastEventId()).isEqualTo(hidden);
      assertThat(anybody.next().lastEventId()).isEqualTo(open);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"%23x", "earliest", "a%0Ab"})
  void line64SomeIdsAreNobodys(String id) {
    assertThat(status(withTopic("id=" + id))).isEqualTo(400);
  }

  @Test
  void line65AGivenIdIsThatOfTheUpdate() {
    String id = "urn:uuid:" + UUID.randomUUID();
    try (SseClient reader = hub().listen(field("match", topic))) {
      assertThat(hub().publish(withTopic(field("id", id)))).isEqualTo(id);
      String again = hub().publish(withTopic(field("id", id)));

      assertThat(again).as("of one that is taken the hub makes another").isNotEqualTo(id);
      assertThat(reader.next(2)).extracting(ReceivedEvent::lastEventId).containsExactly(id, again);
    }
  }

  @Test
  void line66IdsOfTheHubsAreUniqueIris() {
    assertThat(hub().publish(withTopic("id=")))
        .startsWith("urn:uuid:")
        .isNotEqualTo(hub().publish(withTopic("data=x")));
  }

  @Test
  void line67TheHubsTypeIsNobodyElses() {
    assertThat(status(withTopic("type=mercure"))).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "-1", "%2B1", "1.5", "%201", "%D9%A1", "99999999999999999999"})
  void line68RetryIsDigits(String retry) {
    assertThat(status(withTopic("retry=" + retry))).isEqualTo(400);
  }

  @Test
  void line69UnknownFieldsAreNobodysBusiness() {
    assertThat(status(withTopic("unknown=%FF&other"))).isEqualTo(200);
  }

  @Test
  void line70WhatIsTooLargeIsToldSo() {
    assertThat(status(withTopic("data=" + "x".repeat(2 << 20)))).isEqualTo(413);
    assertThat(status(withTopic("data=" + "x".repeat(300_000)))).isEqualTo(413);
    assertThat(status(field("topic", "x".repeat(2000)))).isEqualTo(413);
    StringBuilder many = new StringBuilder("topic=x");
    for (int i = 0; i < 200; i++) {
      many.append("&topic=").append(i);
    }
    assertThat(status(many.toString())).isEqualTo(413);
  }

  @Test
  void line71WhoMayNotPublishIsToldWhy() {
    assertThat(hub().post(withTopic("data=x")).statusCode()).isEqualTo(401);
    try (SseClient reader = hub().listen(field("match", topic))) {
      assertThat(
              hub()
                  .post(
                      withTopic(field("topic", topic + "/2")),
                      "Authorization",
                      MercureHubs.publisher(topic).bearer())
                  .statusCode())
          .isEqualTo(403);
      String allowed = hub().publish(withTopic("data=x"));

      assertThat(reader.next().lastEventId()).isEqualTo(allowed);
    }
  }
}
