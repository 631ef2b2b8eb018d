package dev.allim.mercure;

import static dev.allim.mercure.MercureClient.field;
import static dev.allim.mercure.MercureHubs.detail;
import static dev.allim.mercure.MercureHubs.details;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.SseClient;
import dev.allim.testing.Tokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sections 9 and 10 of the checklist: what the details of a token grant. */
@QuarkusTest
@TestProfile(MercureHubs.Strict.class)
class DetailsTest {
  @TestHTTPResource("/")
  URI base;

  private final String topic = "https://example.com/" + UUID.randomUUID();

  private MercureClient hub() {
    return MercureClient.of(base);
  }

  private HttpResponse<String> publish(String... headers) {
    return hub().post(field("topic", topic), headers);
  }

  // ---- section 9

  static Stream<Object> wrongDetails() {
    Map<String, Object> good = detail("publish", "*");
    List<Map<String, String>> topics = List.of(Map.of("match", "*"));
    return Stream.of(
        details(List.of(), topics),
        details("publish", topics),
        details(List.of("publish", 1), topics),
        Map.of("type", good.get("type"), "topics", topics),
        Map.of("type", good.get("type"), "actions", List.of("publish")),
        details(List.of("publish"), List.of()),
        details(List.of("publish"), "*"),
        details(List.of("publish"), List.of("*")),
        details(List.of("publish"), List.of(1)),
        details(List.of("publish"), List.of(Map.of("topic", "*"))),
        details(List.of("publish"), List.of(Map.of("match", "*", "match_type", "regexp"))),
        details(List.of("publish"), List.of(Map.of("match", "*", "match_type", "Exact"))),
        details(List.of("publish"), List.of(Map.of("match", "*", "match_type", "URLPattern"))),
        details(
            List.of("publish"), List.of(Map.of("match", "{unclosed", "match_type", "urlpattern"))),
        details(List.of("publish"), List.of(Map.of("match", "a\nb"))),
        details(List.of("publish"), List.of(Map.of("match", ""))),
        "text",
        1);
  }

  private HttpResponse<String> publishWith(Object... details) {
    return publish(
        "Authorization",
        MercureHubs.publisher().with("authorization_details", Arrays.asList(details)).bearer());
  }

  @ParameterizedTest
  @MethodSource("wrongDetails")
  void lines98To105OneMistakeInADetailAndTheTokenGrantsNothing(Object wrong) {
    assertThat(publishWith(wrong).statusCode()).isEqualTo(401);
    assertThat(publishWith(detail("publish", "*"), wrong).statusCode()).isEqualTo(401);
  }

  @Test
  void line97DetailsForOthersAreLeftAside() {
    assertThat(
            publishWith(
                    Map.of("type", "x", "topics", "text", "actions", Map.of()),
                    detail("publish", "*"))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void line99UnknownActionsGrantNothing() {
    assertThat(publishWith(detail("administer", "*")).statusCode()).isEqualTo(403);
  }

  @Test
  void line105WhatIsNoListIsAMistake() {
    assertThat(
            publish(
                    "Authorization",
                    MercureHubs.publisher().with("authorization_details", Map.of()).bearer())
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void line106MoreThanMayBeIsAMistake() {
    Object[] many = new Object[101];
    Arrays.fill(many, detail("publish", "x"));

    assertThat(publishWith(many).statusCode()).isEqualTo(401);
    assertThat(publishWith(detail("publish", "x".repeat(2000))).statusCode()).isEqualTo(401);
  }

  @Test
  void lines107And120AValidTokenMayGrantNothing() {
    HttpResponse<String> answer = publish("Authorization", MercureHubs.publisher().bearer());

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
        .startsWith("Bearer error=\"insufficient_scope\", resource_metadata=");
    try (SseClient reader =
        hub().listen(field("match", topic), "Authorization", MercureHubs.subscriber().bearer())) {
      hub().publish(field("topic", topic) + "&private");
      String open = hub().publish(field("topic", topic));

      assertThat(reader.next().lastEventId()).isEqualTo(open);
    }
  }

  @Test
  void line109APayloadIsAnObject() {
    Map<String, Object> detail = new HashMap<>(detail("publish", "*"));
    detail.put("payload", Map.of("user", "x"));
    assertThat(publishWith(detail).statusCode()).isEqualTo(200);
    detail.put("payload", "text");
    assertThat(publishWith(detail).statusCode()).isEqualTo(401);
  }

  // ---- section 10

  @Test
  void lines110And111SeveralDetailsCoverSeveralTopics() {
    String form = field("topic", topic) + "&" + field("topic", topic + "/2");
    Object one = detail("publish", topic);
    Object two =
        details(
            List.of("publish"),
            List.of(Map.of("match", topic + "/:n", "match_type", "urlpattern")));
    Tokens both = MercureHubs.publisher().with("authorization_details", List.of(one, two));
    Tokens half = MercureHubs.publisher().with("authorization_details", List.of(one));

    assertThat(hub().post(form, "Authorization", both.bearer()).statusCode()).isEqualTo(200);
    assertThat(hub().post(form, "Authorization", half.bearer()).statusCode()).isEqualTo(403);
  }

  @Test
  void line112ToListenIsNotToPublish() {
    assertThat(publishWith(detail("subscribe", "*")).statusCode()).isEqualTo(403);
  }

  @Test
  void lines113And114AMatcherAndAGrantMayHitDifferentTopics() {
    String form = field("topic", topic) + "&" + field("topic", topic + "/2") + "&private";
    try (SseClient granted =
            hub()
                .listen(
                    field("match", topic),
                    "Authorization",
                    MercureHubs.subscriber(topic + "/2").bearer());
        SseClient other =
            hub()
                .listen(
                    field("match", topic),
                    "Authorization",
                    MercureHubs.subscriber(topic + "/3").bearer())) {
      String id = hub().publish(form);
      String open = hub().publish(field("topic", topic));

      assertThat(granted.next().lastEventId()).isEqualTo(id);
      assertThat(other.next().lastEventId()).as("line 115").isEqualTo(open);
    }
  }
}
