package dev.allim.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allim.testing.HubClient;
import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.SseClient;
import dev.allim.testing.Tokens;
import dev.allim.testing.WrongTokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A token comes in a header, in a cookie, or a ticket stands for it. */
@QuarkusTest
@TestProfile(TokenRefusalsTest.WithKeys.class)
class CarriersTest {
  @TestHTTPResource("/")
  URI base;

  private final String room = UUID.randomUUID().toString();

  private HubClient hub() {
    return new HubClient(base);
  }

  private Tokens token() {
    return WrongTokens.shared(Instant.now()).granting(List.of("{+any}"), List.of(room));
  }

  private HttpResponse<String> publish(String target, String... headers) {
    return hub()
        .send(
            HttpRequest.newBuilder(hub().uri(target))
                .headers(headers)
                .POST(BodyPublishers.ofString("secret")));
  }

  private void publishSecret() {
    HttpResponse<String> answer =
        publish("/events/" + room + "?private=true", "Authorization", token().bearer());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  private String page(String... headers) {
    return hub()
        .send(
            HttpRequest.newBuilder(hub().uri("/events/" + room))
                .header("Accept", "application/json")
                .headers(headers))
        .body();
  }

  // ---- what is private, over HTTP

  @Test
  void whatIsPrivateIsHeardAndReadByWhoHasAGrantAlone() {
    try (SseClient granted = hub().listen("/events/" + room, "Authorization", token().bearer());
        SseClient anybody = hub().listen("/events/" + room);
        SseClient other =
            hub()
                .listen(
                    "/events/" + room,
                    "Authorization",
                    WrongTokens.shared(Instant.now())
                        .granting(List.of(), List.of("other"))
                        .bearer())) {
      publishSecret();
      publish("/events/" + room, "Authorization", token().bearer());

      assertThat(granted.next(2))
          .extracting(ReceivedEvent::data)
          .containsExactly("secret", "secret");
      String open = anybody.next().lastEventId();
      assertThat(other.next().lastEventId()).isEqualTo(open);
      assertThat(page("Authorization", token().bearer()).split("\"id\"")).hasSize(3);
      assertThat(page("Accept-Language", "en").split("\"id\""))
          .hasSize(2)
          .anyMatch(item -> item.contains(open));
    }
  }

  // ---- cookies

  @ParameterizedTest
  @CsvSource({
    "Origin, https://page.example, 201",
    "Origin, OWN, 201",
    "Origin, https://evil.example, 403",
    "Origin, null, 403",
    "Sec-Fetch-Site, same-origin, 201",
    "Sec-Fetch-Site, cross-site, 403",
    "X-Nothing, x, 403",
  })
  void aCookieCountsOnlyFromPagesThatMayUseIt(String header, String value, int status) {
    String own = "http://%s:%d".formatted(base.getHost(), base.getPort());

    assertThat(
            publish(
                    "/events/" + room,
                    "Cookie",
                    "other=1; allim=" + token().text(),
                    header,
                    value.replace("OWN", own))
                .statusCode())
        .isEqualTo(status);
  }

  @Test
  void aPageOfTheHubsOwnListensWithItsCookie() {
    try (SseClient reader = hub().listen("/events/" + room, "Cookie", "allim=" + token().text())) {
      publishSecret();

      assertThat(reader.next().data()).isEqualTo("secret");
    }
    assertThat(
            hub()
                .send(
                    HttpRequest.newBuilder(hub().uri("/events/" + room))
                        .header("Accept", "application/json")
                        .header("Sec-Fetch-Site", "cross-site")
                        .header("Cookie", "allim=" + token().text()))
                .statusCode())
        .isEqualTo(403);
  }

  // ---- tickets

  private String ticket(Tokens of) {
    HttpResponse<String> answer = publish("/tickets", "Authorization", of.bearer());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    return JsonPath.from(answer.body()).getString("ticket");
  }

  @Test
  void aTicketListensAndResumes() {
    String target = "/events?topic=" + room + "&ticket=" + ticket(token());
    try (SseClient reader = hub().listen(target)) {
      publishSecret();
      ReceivedEvent first = reader.next();
      publishSecret();

      try (SseClient again = hub().listen(target, "Last-Event-ID", first.lastEventId())) {
        assertThat(again.next().data()).isEqualTo("secret");
      }
    }
  }

  @Test
  void aTicketIsGoodForOneStreamAtATime() {
    String target = "/events?topic=" + room + "&ticket=" + ticket(token());
    String another = "/events?topic=" + room + "&ticket=" + ticket(token());
    try (SseClient bystander = hub().listen(another);
        SseClient first = hub().listen(target)) {
      publishSecret();
      String id = first.next().lastEventId();

      try (SseClient second = hub().listen(target, "Last-Event-ID", id)) {
        assertThat(first.nextRetry()).as("its greeting").isPositive();
        assertThat(first.nextRetry()).as("when to come back").isPositive();
        first.awaitEnd();
        publishSecret();
        assertThat(second.next().data()).isEqualTo("secret");

        try (SseClient back = hub().listen(target, "Last-Event-ID", id)) {
          second.awaitEnd();
          assertThat(back.next().data()).as("what it missed").isEqualTo("secret");
        }
      }
      assertThat(bystander.next(2)).hasSize(2);
    }
  }

  @Test
  void aStreamGoesOnBesideRequestsThatAreNone() {
    String target = "/events?topic=" + room + "&ticket=" + ticket(token());
    try (SseClient reader = hub().listen(target)) {
      HttpResponse<String> page =
          hub()
              .send(HttpRequest.newBuilder(hub().uri(target)).header("Accept", "application/json"));
      assertThat(page.statusCode()).isEqualTo(400);
      assertThat(JsonPath.from(page.body()).getString("field")).isEqualTo("ticket");
      assertThat(listen(target + "&since=soon", "X-Nothing", "x").statusCode()).isEqualTo(400);
      assertThat(
              hub()
                  .send(
                      HttpRequest.newBuilder(hub().uri(target))
                          .method("HEAD", BodyPublishers.noBody()))
                  .statusCode())
          .isEqualTo(200);

      publishSecret();
      assertThat(reader.next().data()).isEqualTo("secret");
    }
  }

  @Test
  void aTicketIsForListeningAndForNobodyWhoShowsAToken() {
    String ticket = ticket(token());

    assertThat(publish("/events/" + room + "?ticket=" + ticket, "X-Nothing", "x").statusCode())
        .isEqualTo(401);
    assertThat(
            publish("/events/" + room + "?ticket=" + ticket, "Authorization", token().bearer())
                .statusCode())
        .isEqualTo(400);
    assertThat(publish("/tickets", "X-Nothing", "x").statusCode()).isEqualTo(401);
  }

  @Test
  void whoHasAsManyAsOneMayHaveIsToldWhenToComeBackAndAnotherGetsOne() {
    Tokens greedy = token().of(room);
    for (int i = 0; i < TokenRefusalsTest.MOST_TICKETS; i++) {
      ticket(greedy);
    }

    HttpResponse<String> answer =
        publish("/tickets", "Authorization", greedy.with("jti", "other").bearer());

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 30L);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonPath problem = JsonPath.from(answer.body());
    assertThat(problem.getInt("limit")).isEqualTo(TokenRefusalsTest.MOST_TICKETS);
    assertThat(problem.getString("unit")).isEqualTo("tickets");
    assertThat(problem.getString("detail")).contains("allim.auth.ticket.most");
    assertThat(ticket(greedy.of("another of " + room))).isNotEmpty();
  }

  @Test
  void aTicketThatIsNotKnownIsRefusedLikeAnyToken() {
    HttpResponse<String> answer =
        hub()
            .send(
                HttpRequest.newBuilder(hub().uri("/events?ticket=guessed"))
                    .header("Accept", "text/event-stream"));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
        .contains("invalid_token");
  }

  @Test
  void aStreamIsToldThatItsTokenEndsAndEndsWithItAndIsToldWhenToComeBack() {
    String target =
        "/events?topic="
            + room
            + "&ticket="
            + ticket(token().lasting(Duration.ofSeconds(7), Instant.now()));
    try (SseClient reader = hub().listen(target)) {
      reader.nextRetry();
      assertThat(reader.next().type()).isEqualTo("reauthenticate");
      reader.nextRetry();
      reader.awaitEnd();
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> listen(target, "X-Nothing", "x").statusCode() == 401);
  }

  private HttpResponse<String> listen(String target, String... headers) {
    return hub()
        .send(
            HttpRequest.newBuilder(hub().uri(target))
                .header("Accept", "text/event-stream")
                .headers(headers));
  }

  @Test
  void aPagesStreamComesBackWhileAKeyCannotBeFetched() {
    Tokens token = WrongTokens.rsa(Instant.now()).with("iss", "later");
    String target = "/events/" + room;

    HttpResponse<String> cookie =
        listen(target, "Cookie", "allim=" + token.text(), "Origin", TokenRefusalsTest.PAGE);

    assertThat(cookie.statusCode()).isEqualTo(200);
    assertThat(cookie.body()).matches("retry: \\d+\nevent: reauthenticate\ndata: \\{}\n\n");
    assertThat(listen(target, "Authorization", token.bearer()).statusCode()).isEqualTo(401);
  }
}
