package dev.allim.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubClient;
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
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Publishing, taking back and deleting need a grant for every topic that is concerned. */
@QuarkusTest
@TestProfile(TokenRefusalsTest.WithKeys.class)
class GrantsTest {
  @TestHTTPResource("/")
  URI base;

  private final String room = UUID.randomUUID().toString();

  private HubClient hub() {
    return new HubClient(base);
  }

  private static Tokens publisher(String who, String... topics) {
    return WrongTokens.shared(Instant.now()).of(who).granting(List.of(topics), List.of());
  }

  private int status(Tokens token, String method, String target, String body) {
    return send(token, method, target, body).statusCode();
  }

  private HttpResponse<String> send(Tokens token, String method, String target, String body) {
    return hub()
        .send(
            HttpRequest.newBuilder(hub().uri(target))
                .header("Authorization", token.bearer())
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
  }

  @Test
  void everyTopicOfANotificationNeedsAGrant() {
    Tokens token = publisher("a", room + "/{x}");
    String two = "{\"topics\":[\"%1$s/1\",\"%1$s/2\"]}".formatted(room);
    String foreign = "{\"topics\":[\"%1$s/1\",\"other\"]}".formatted(room);

    assertThat(status(token, "POST", "/events/" + room + "/1", "x")).isEqualTo(201);
    assertThat(status(token, "POST", "/events/" + room + "/1/2", "x")).isEqualTo(403);
    assertThat(status(token, "POST", "/events", two)).isEqualTo(201);
    assertThat(status(token, "POST", "/events", foreign)).isEqualTo(403);
    assertThat(status(token, "POST", "/events", "[" + two + "," + foreign + "]")).isEqualTo(403);
  }

  @Test
  void nothingOfABatchIsPublishedOfWhichAPartIsNotGranted() {
    Tokens token = publisher("a", room);
    String batch = "[{\"topic\":\"%s\"},{\"topic\":\"other\"}]".formatted(room);

    assertThat(status(token, "POST", "/events", batch)).isEqualTo(403);
    HttpResponse<String> page =
        hub()
            .send(
                HttpRequest.newBuilder(hub().uri("/events/" + room))
                    .header("Accept", "application/json"));
    assertThat(page.body()).contains("\"items\":[]");
  }

  @Test
  void onlyWhoMayPublishATopicDeletesIt() {
    assertThat(status(publisher("a", "other"), "DELETE", "/events/" + room, "")).isEqualTo(403);
    assertThat(status(publisher("a", room), "DELETE", "/events/" + room, "")).isEqualTo(200);
  }

  /** One that stands under others' topics, too, is not its own alone: it stays where it is. */
  @Test
  void whatIsDeletedOfATopicIsWhatItMayPublishThroughout() {
    String two = "{\"topics\":[\"%1$s/1\",\"%1$s/%2$s\"],\"data\":\"%2$s\",\"private\":true}";
    Tokens all = publisher("a", room + "/{x}");
    for (String second : List.of("2", "3")) {
      assertThat(status(all, "POST", "/events", two.formatted(room, second))).isEqualTo(201);
    }
    assertThat(status(all, "POST", "/events/" + room + "/1", "x")).isEqualTo(201);
    String target = "/events/" + room + "/1";

    HttpResponse<String> some =
        send(publisher("b", room + "/1", room + "/2"), "DELETE", target, "");
    assertThat(some.body()).isEqualTo("{\"deleted\":2}\n");
    assertThat(data(room + "/1")).containsExactly("3");
    assertThat(data(room + "/2")).isEmpty();
    assertThat(data(room + "/3")).containsExactly("3");
    assertThat(send(publisher("b", room + "/1"), "DELETE", target, "").body())
        .isEqualTo("{\"deleted\":0}\n");

    for (String everything : List.of("*", "{+any}")) {
      assertThat(send(publisher("c", everything), "DELETE", target, "").body())
          .isEqualTo("{\"deleted\":%d}\n".formatted(everything.equals("*") ? 1 : 0));
    }
  }

  private List<String> data(String topic) {
    Tokens reader = WrongTokens.shared(Instant.now()).granting(List.of(), List.of("*"));
    HttpResponse<String> page =
        hub()
            .send(
                HttpRequest.newBuilder(hub().uri("/events/" + topic))
                    .header("Authorization", reader.bearer())
                    .header("Accept", "application/json"));
    return JsonPath.from(page.body()).getList("items.data");
  }

  @Test
  void whatWaitsIsTakenBackByWhoMayPublishAllOfItsTopics() {
    String waiting =
        "{\"topics\":[\"%1$s/1\",\"%1$s/2\"],\"id\":\"%1$s\",\"delay\":\"1h\"}".formatted(room);
    String id = "/events?id=" + room;
    assertThat(status(publisher("a", room + "/{x}"), "POST", "/events", waiting)).isEqualTo(202);

    HttpResponse<String> foreign = send(publisher("b", room + "/1"), "DELETE", id, "");
    HttpResponse<String> none = send(publisher("b", room + "/1"), "DELETE", id + "x", "");
    assertThat(foreign.statusCode()).isEqualTo(404);
    assertThat(foreign.body()).isEqualTo(none.body().replace(room + "x", room));

    assertThat(status(publisher("b", room + "/1", room + "/2"), "DELETE", id, "")).isEqualTo(204);
    assertThat(status(publisher("a", room + "/{x}"), "DELETE", id, "")).isEqualTo(404);
  }

  @Test
  void anIdempotencyKeyIsThePublishersOwn() {
    String target = "/events";
    String once = "{\"topic\":\"%1$s\",\"data\":\"%2$s\",\"idempotencyKey\":\"%1$s\"}";
    Tokens alice = publisher("alice", room);
    Tokens bob = publisher("bob", room);

    String first = send(alice, "POST", target, once.formatted(room, "x")).body();
    String again = send(alice, "POST", target, once.formatted(room, "x")).body();
    HttpResponse<String> bobs = send(bob, "POST", target, once.formatted(room, "other"));

    assertThat(again).isEqualTo(first);
    assertThat(bobs.statusCode()).isEqualTo(201);
    assertThat(bobs.body()).isNotEqualTo(first);
    assertThat(status(alice, "POST", target, once.formatted(room, "other"))).isEqualTo(422);
    assertThat(
            status(
                bob,
                "POST",
                target,
                "{\"topic\":\"%s\",\"idempotencyKey\":\"a\\nb\"}".formatted(room)))
        .isEqualTo(400);
  }
}
