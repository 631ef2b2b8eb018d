package dev.allim.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A publisher who is over the room beside the history is told so; the rest goes on. */
@QuarkusTest
@TestProfile(SideRoomTest.LittleRoom.class)
class SideRoomTest {
  private static final int ROOM = 1_000;

  /** Room for one small one of each. */
  public static class LittleRoom implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "allim.history.delayed-size", String.valueOf(ROOM),
          "allim.history.keys-size", String.valueOf(ROOM),
          "allim.demo.enabled", "false");
    }
  }

  private static void assertNoRoom(ValidatableResponse answer, String field, String setting) {
    answer
        .statusCode(507)
        .contentType("application/problem+json")
        .body("title", equalTo("There is no room for it beside the history"))
        .body("field", equalTo(field))
        .body("limit", equalTo(ROOM))
        .body("detail", containsString(setting));
  }

  @Test
  void whatWouldWaitBeyondItsBudgetIsAnswered507AndTheRestIsPublished() {
    given().body("1").post("/events/room?delay=1h").then().statusCode(202);

    assertNoRoom(
        given().body("2").post("/events/room?delay=1h").then(),
        "delay",
        "allim.history.delayed-size");
    given().body("3").post("/events/room").then().statusCode(201);
  }

  @Test
  void aKeyBeyondItsBudgetIsAnswered507AndOneThereIsAsBefore() {
    given().header("Idempotency-Key", "a").body("1").post("/events/room").then().statusCode(201);

    assertNoRoom(
        given().header("Idempotency-Key", "b").body("2").post("/events/room").then(),
        "idempotencyKey",
        "allim.history.keys-size");
    given().header("Idempotency-Key", "a").body("1").post("/events/room").then().statusCode(201);
    given().body("3").post("/events/room").then().statusCode(201);
  }
}
