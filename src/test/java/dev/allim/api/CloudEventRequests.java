package dev.allim.api;

import static io.restassured.RestAssured.given;

import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

/** Publishes CloudEvents, and reads what became of them. */
final class CloudEventRequests {
  static final String STRUCTURED = "application/cloudevents+json";
  static final String BATCH = "application/cloudevents-batch+json";

  private CloudEventRequests() {}

  static String event(String id, String more) {
    return "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/shop\",\"type\":\"shipped\"%s}"
        .formatted(id, more);
  }

  static ValidatableResponse post(String type, String body) {
    // bytes, so that nothing is added to the media type
    return given().header("Content-Type", type).body(body.getBytes()).post("/events").then();
  }

  static JsonPath page(String topic) {
    return given().accept("application/json").get("/events/" + topic).jsonPath();
  }

  static RequestSpecification binary(String id) {
    return given()
        .header("ce-specversion", "1.0")
        .header("ce-id", id)
        .header("ce-source", "/shop")
        .header("ce-type", "shipped")
        .header("ce-subject", "ce/binary/%EC%A3%BC%EB%AC%B8")
        .header("Content-Type", "text/plain")
        .body("as it is".getBytes());
  }
}
