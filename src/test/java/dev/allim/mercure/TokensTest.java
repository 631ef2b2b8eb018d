package dev.allim.mercure;

import static dev.allim.mercure.MercureClient.field;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.NotificationHub;
import dev.allim.security.RevokedTokens;
import dev.allim.testing.SseClient;
import dev.allim.testing.Tokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sections 7, 8, 11 and 15 of the checklist: tokens of draft 08, where nothing else counts. */
@QuarkusTest
@TestProfile(MercureHubs.Strict.class)
class TokensTest {
  private static final String METADATA =
      "resource_metadata=\"https://hub.example.com/.well-known/oauth-protected-resource/.well-known/mercure\"";

  @TestHTTPResource("/")
  URI base;

  @Inject RevokedTokens revoked;
  @Inject NotificationHub hubItself;

  private final String topic = "https://example.com/" + UUID.randomUUID();

  private MercureClient hub() {
    return MercureClient.of(base);
  }

  private HttpResponse<String> publish(String... headers) {
    return hub().post(field("topic", topic), headers);
  }

  private static String challenge(HttpResponse<String> answer) {
    return answer.headers().firstValue("WWW-Authenticate").orElse("");
  }

  // ---- section 7

  @ParameterizedTest
  @ValueSource(strings = {"Bearer ", "bearer ", "BEARER "})
  void line74TheSchemeIsWrittenInAnyCase(String scheme) {
    assertThat(publish("Authorization", scheme + MercureHubs.publisher("*").text()).statusCode())
        .isEqualTo(200);
  }

  private static String cookie(Tokens token) {
    return "__Secure-mercure_access_token=" + token.text();
  }

  @Test
  void lines75To77TheHeadCountsBeforeTheCookie() {
    Tokens good = MercureHubs.publisher("*");
    Tokens useless = MercureHubs.publisher("other");
    String[] page = {"Origin", MercureHubs.PAGE};

    assertThat(
            publish("Authorization", good.bearer(), "Cookie", cookie(useless), page[0], page[1])
                .statusCode())
        .isEqualTo(200);
    assertThat(publish("Cookie", cookie(good), page[0], page[1]).statusCode()).isEqualTo(200);
    assertThat(
            publish("Authorization", "Bearer x.y.z", "Cookie", cookie(good), page[0], page[1])
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void line78ATokenInTheUrlCountsForNothing() {
    String token = MercureHubs.subscriber("*").text();
    HttpResponse<String> answer = hub().get("match=x&access_token=" + token);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(challenge(answer)).doesNotContain("error");
    assertThat(hub().get("match=x&authorization=" + token).statusCode()).isEqualTo(401);
  }

  @Test
  void lines175And176ACookiePublishesForPagesThatMayUseIt() {
    String cookie = cookie(MercureHubs.publisher("*"));

    assertThat(publish("Cookie", cookie, "Referer", MercureHubs.PAGE + "/a?b").statusCode())
        .isEqualTo(200);
    assertThat(publish("Cookie", cookie).statusCode()).isEqualTo(400);
    assertThat(publish("Cookie", cookie, "Origin", "https://evil.example").statusCode())
        .as("refused by CORS already")
        .isEqualTo(403);
    HttpResponse<String> foreign = publish("Cookie", cookie, "Referer", "https://evil.example/a");
    assertThat(foreign.statusCode()).isEqualTo(400);
    assertThat(challenge(foreign)).contains("error=\"invalid_request\"");
  }

  // ---- section 8

  static Stream<Tokens> wrong() {
    Tokens good = MercureHubs.publisher("*");
    Instant now = Instant.now();
    return Stream.of(
        good.header("typ", "JWT"),
        good.header("typ", "id_token"),
        Tokens.signed(good.algorithm(), good.key()).with("iss", MercureHubs.ISSUER),
        good.by("HS256", Tokens.secret("another key, which is long enough, too")),
        good.header("jku", "https://evil.example/keys"),
        good.with("iss", MercureHubs.ISSUER + "/"),
        good.without("iss"),
        good.without("exp"),
        good.with("exp", "tomorrow"),
        good.lasting(Duration.ofSeconds(-5), now),
        good.with("nbf", now.plusSeconds(600).getEpochSecond()),
        good.without("aud"),
        good.with("aud", "https://other.example"),
        good.with("aud", List.of("https://other.example")),
        MercureHubs.subscriber("*"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void lines82To96AWrongTokenIsRefusedWithoutAReason(Tokens token) {
    HttpResponse<String> answer = publish("Authorization", token.bearer());

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(challenge(answer)).isEqualTo("Bearer error=\"invalid_token\", " + METADATA);
    assertThat(answer.body()).doesNotContain("exp", "iss", "aud", "signature");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "NONE"})
  void lines82And84WhatIsNotSignedIsNone(String algorithm) {
    String payload =
        "{\"iss\":\"%s\",\"aud\":\"%s\"}".formatted(MercureHubs.ISSUER, MercureHubs.HUB);
    String token =
        Tokens.joined(
            "{\"alg\":\"%s\",\"typ\":\"at+jwt\"}".formatted(algorithm), payload, Optional.empty());

    assertThat(publish("Authorization", "Bearer " + token).statusCode()).isEqualTo(401);
    assertThat(publish("Authorization", "Bearer a.b.c.d.e").statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"at+jwt", "AT+JWT", "application/at+jwt", "Application/AT+JWT"})
  void line83TheTypeIsWrittenInAnyCase(String type) {
    assertThat(
            publish("Authorization", MercureHubs.publisher("*").header("typ", type).bearer())
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void lines92And94TheHubIsAmongTheAudience() {
    assertThat(
            publish(
                    "Authorization",
                    MercureHubs.publisher("*")
                        .with("aud", List.of("https://other.example", MercureHubs.HUB))
                        .bearer())
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void line96TheSameCountsForListening() {
    assertThat(
            hub().get("match=x", "Authorization", MercureHubs.publisher("*").bearer()).statusCode())
        .isEqualTo(401);
    try (SseClient reader =
        hub().listen("match=x", "Cookie", cookie(MercureHubs.subscriber("*")))) {
      assertThat(reader.head().statusCode()).isEqualTo(200);
    }
  }

  // ---- section 11

  @Test
  void line118WhoShowsNothingIsToldOfNoError() {
    assertThat(challenge(publish())).isEqualTo("Bearer " + METADATA);
    HttpResponse<String> answer = hub().get("match=x");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(challenge(answer)).isEqualTo("Bearer " + METADATA);
  }

  @Test
  void line121ATokenThatIsMisplacedIsToldSo() {
    HttpResponse<String> basic = publish("Authorization", "Basic eDp5");
    HttpResponse<String> two = publish("Authorization", "Bearer x", "Authorization", "Bearer y");

    assertThat(List.of(basic.statusCode(), two.statusCode())).containsOnly(400);
    assertThat(challenge(basic)).contains("error=\"invalid_request\"");
  }

  @Test
  void lines122To126AMistakeIsAProblemWithoutAChallenge() {
    HttpResponse<String> answer =
        hub()
            .get(
                field("match_urlpattern", "{unclosed"),
                "Authorization",
                MercureHubs.subscriber("*").bearer());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(challenge(answer)).isEmpty();
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body()).doesNotContain("java", "error\"", "dev.allim");
  }

  // ---- section 15

  @Test
  void lines164To172WhatTheHubTakesIsSaid() {
    HttpResponse<String> answer =
        hub()
            .hub()
            .send(
                java.net.http.HttpRequest.newBuilder(
                    hub().hub().uri("/.well-known/oauth-protected-resource" + MercureClient.PATH)));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    Map<String, Object> document = new io.vertx.core.json.JsonObject(answer.body()).getMap();
    assertThat(document)
        .containsEntry("resource", MercureHubs.HUB)
        .containsEntry("mercure_cookie", "__Secure-mercure_access_token")
        .containsEntry("bearer_methods_supported", List.of("header"))
        .containsEntry(
            "authorization_details_types_supported",
            List.of("https://mercure.rocks/authorization-detail"))
        .doesNotContainKeys("mercure_subscriptions", "authorization_servers");
  }

  // ---- draft 07 is off here

  @Test
  void lines210And225And235WhatDraft07HasCountsForNothing() {
    assertThat(
            hub()
                .get("topic=x", "Authorization", MercureHubs.subscriber("*").bearer())
                .statusCode())
        .isEqualTo(400);
    assertThat(publish("Authorization", MercureHubs.oldPublisher("*").bearer()).statusCode())
        .isEqualTo(401);
    assertThat(
            hub()
                .get(
                    "match=x",
                    "Cookie",
                    "mercureAuthorization=" + MercureHubs.subscriber("*").text())
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void line162WhoSubscribesIsOnNoPageUnlessThatIsWanted() {
    assertThat(
            hub().document(MercureClient.SUBSCRIPTIONS, MercureHubs.subscriber("*")).statusCode())
        .isEqualTo(404);
  }

  // ---- revocations

  @Test
  void whatIsRevokedIsRefusedAndItsStreamsEnd() {
    String somebody = "revoked " + topic;
    Tokens publisher = MercureHubs.publisher("*").of(somebody);
    assertThat(publish("Authorization", publisher.bearer()).statusCode()).isEqualTo(200);
    try (SseClient reader =
        hub()
            .listen(
                field("match", topic),
                "Authorization",
                MercureHubs.subscriber().of(somebody).bearer())) {
      revoked.replace(token -> token.subject().equals(Optional.of(somebody)));
      hubItself.endRevoked();
      reader.awaitEnd();
    } finally {
      assertThat(publish("Authorization", publisher.bearer()).statusCode()).isEqualTo(401);
      revoked.replace(token -> false);
    }
  }
}
