package dev.allim.ops;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.quarkus.arc.Unremovable;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(TracingTest.On.class)
class TracingTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final Queue<ReadableSpan> ENDED = new ConcurrentLinkedQueue<>();

  /** Tracing on, without anybody to send spans to. */
  public static class On implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.otel.sdk.disabled", "false",
          "quarkus.otel.traces.exporter", "none",
          "allim.demo.enabled", "false");
    }
  }

  /** Keeps what has ended. */
  @Singleton
  @Unremovable
  static class Ended implements SpanProcessor {
    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
      // only ends count
    }

    @Override
    public boolean isStartRequired() {
      return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
      ENDED.add(span);
    }

    @Override
    public boolean isEndRequired() {
      return true;
    }
  }

  private static List<String> namesInTrace() {
    return ENDED.stream()
        .filter(span -> span.getSpanContext().getTraceId().equals(TRACE))
        .map(ReadableSpan::getName)
        .toList();
  }

  @Test
  void aPublicationIsTracedFromItsPublisherToTheLastSocket() {
    given()
        .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
        .body("traced")
        .post("/events/traced")
        .then()
        .statusCode(201);

    await()
        .untilAsserted(() -> assertThat(namesInTrace()).contains("append", "publish", "fan-out"));
  }
}
