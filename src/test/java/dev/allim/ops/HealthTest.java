package dev.allim.ops;

import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class HealthTest {
  @ParameterizedTest
  @ValueSource(strings = {"started", "ready", "live"})
  void aHubThatServesIsWell(String probe) {
    get("/q/health/" + probe).then().statusCode(200).body("status", equalTo("UP"));
  }

  @Test
  void readinessSaysWhatItLooksAt() {
    get("/q/health/ready")
        .then()
        .body("checks.data.draining", hasItem(false))
        .body("checks.data.historyWritable", hasItem(true))
        .body("checks.data.lagEvents", hasItem(0))
        .body("checks.data.lagMillis", hasItem(0));
  }

  @Test
  void livenessSaysForHowLongTheSlowestLoopHasBeenSilent() {
    get("/q/health/live").then().body("checks.name", hasItem("lanes"));
  }
}
