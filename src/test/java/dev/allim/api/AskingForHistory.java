package dev.allim.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubClient;
import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.SseClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.net.URI;
import java.util.List;

/** Publishes, and asks for what was published before. */
abstract class AskingForHistory {
  @TestHTTPResource("/")
  URI base;

  HubClient hub() {
    return new HubClient(base);
  }

  void publish(String topic, String... ids) {
    for (String id : ids) {
      publishWith(topic, "id=" + id);
    }
  }

  void publishWith(String topic, String query) {
    assertThat(hub().post("/events/%s?%s".formatted(topic, query), "data").statusCode())
        .isEqualTo(201);
  }

  List<String> ids(String target, int count) {
    try (SseClient reader = hub().listen(target)) {
      return reader.next(count).stream().map(ReceivedEvent::lastEventId).toList();
    }
  }

  static Response page(String target) {
    return given().urlEncodingEnabled(false).accept("application/json").get(target);
  }

  static List<String> idsOf(JsonPath page) {
    return page.getList("items.id");
  }

  static JsonPath json(String target) {
    return page(target).then().statusCode(200).extract().jsonPath();
  }
}
