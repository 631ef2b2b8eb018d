package dev.allim.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubClient;
import dev.allim.testing.RawHttp;
import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.SseClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Going on after the last event that was seen. */
@QuarkusTest
class ResumeTest {
  @TestHTTPResource("/")
  URI base;

  private HubClient hub() {
    return new HubClient(base);
  }

  private void publish(String topic, String... ids) {
    for (String id : ids) {
      hub().post("/events/" + topic + "?id=" + id, "data of " + id);
    }
  }

  private static List<String> ids(List<ReceivedEvent> events) {
    return events.stream().map(ReceivedEvent::lastEventId).toList();
  }

  /** Somebody's id may look like a time: only {@code since} takes one. */
  @ParameterizedTest
  @ValueSource(strings = {"10m", "2020-01-01T00:00:00Z"})
  void anIdThatLooksLikeATimeIsAnId(String id) {
    String topic = "resume/time/" + id.length();
    hub().post("/events/%s?id=%s".formatted(topic, id), "first");
    hub().post("/events/" + topic, "second");

    try (SseClient reader = hub().listen("/events/" + topic, "Last-Event-ID", id)) {
      assertThat(reader.next().data()).isEqualTo("second");
    }
  }

  @Test
  void theHeaderThatABrowserSendsGoesOnBehindIt() {
    publish("resume/header", "rh-1", "rh-2", "rh-3");

    try (SseClient reader = hub().listen("/events/resume/header", "Last-Event-ID", "rh-1")) {
      publish("resume/header", "rh-4");

      assertThat(ids(reader.next(3))).containsExactly("rh-2", "rh-3", "rh-4");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lastEventId", "last_event_id"})
  void aParameterDoesTheSame(String parameter) {
    String topic = "resume/" + parameter;
    publish(topic, parameter + "-1", parameter + "-2");

    try (SseClient reader =
        hub().listen("/events/%s?%s=%s-1".formatted(topic, parameter, parameter))) {
      assertThat(reader.next().lastEventId()).isEqualTo(parameter + "-2");
    }
  }

  @Test
  void theHeaderWinsOverTheParameter() {
    publish("resume/both", "rb-1", "rb-2", "rb-3");

    try (SseClient reader =
        hub().listen("/events/resume/both?lastEventId=rb-1", "Last-Event-ID", "rb-2")) {
      assertThat(reader.next().lastEventId()).isEqualTo("rb-3");
    }
  }

  @Test
  void anEmptyIdIsNone() {
    publish("resume/empty", "re-1");

    try (SseClient reader = hub().listen("/events/resume/empty?lastEventId=")) {
      publish("resume/empty", "re-2");

      assertThat(reader.next().lastEventId()).isEqualTo("re-2");
    }
  }

  @Test
  void anUnknownIdIsToldByAGapEventFirst() {
    try (SseClient reader = hub().listen("/events/resume/gap", "Last-Event-ID", "never-seen")) {
      ReceivedEvent gap = reader.next();

      assertThat(gap.type()).isEqualTo("gap");
      assertThat(JsonPath.from(gap.data()).getString("asked")).isEqualTo("never-seen");
    }
  }

  @Test
  void overHttp2ItResumesToo() {
    publish("resume/h2", "r2-1", "r2-2");

    try (SseClient reader =
        SseClient.open(
            java.net.http.HttpClient.Version.HTTP_2,
            hub().uri("/events/resume/h2"),
            "Last-Event-ID",
            "r2-1")) {
      assertThat(reader.next().lastEventId()).isEqualTo("r2-2");
    }
  }

  @Test
  void anIdThatIsNotAsciiComesBackAsTheBrowserSendsIt() {
    publish("resume/utf8", "%EC%A3%BC%EB%AC%B8", "after");

    try (RawHttp http = RawHttp.connect(base)) {
      http.request("GET /events/resume/utf8 HTTP/1.1", "Last-Event-ID: 주문");

      assertThat(http.readThrough("data of after\n\n")).doesNotContain("gap");
    }
  }
}
