package dev.allim.mercure;

import static dev.allim.mercure.MercureClient.field;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.SseClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 12 of the checklist: who comes back goes on where it was, or is told. */
@QuarkusTest
@TestProfile(MercureHubs.Both.class)
class ReconnectionTest {
  private static final String PLACE = "Mercure-Last-Event-ID";

  @TestHTTPResource("/")
  URI base;

  private final String topic = "https://example.com/" + UUID.randomUUID();

  private MercureClient hub() {
    return MercureClient.of(base);
  }

  private String update() {
    return hub().publish(field("topic", topic));
  }

  private static Optional<String> place(SseClient reader) {
    return reader.head().headers().firstValue(PLACE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"last_event_id", "lastEventID", "Last-Event-ID"})
  void lines128And129AKnownIdIsWhereAReaderGoesOn(String name) {
    String first = update();
    String second = update();
    String third = update();
    try (SseClient reader = hub().listen(field("match", topic) + "&" + field(name, first))) {
      assertThat(place(reader)).contains(first);
      assertThat(reader.head().headers().firstValue("Last-Event-ID"))
          .as("lines 237 and 238: as draft 07 calls it")
          .contains(first);
      String live = update();

      assertThat(reader.next(3))
          .extracting(ReceivedEvent::lastEventId)
          .containsExactly(second, third, live);
    }
  }

  @Test
  void line128TheHeadCountsBeforeTheQuery() {
    String first = update();
    String second = update();
    String third = update();
    try (SseClient reader =
        hub()
            .listen(
                field("match", topic) + "&" + field("last_event_id", first),
                "Last-Event-ID",
                second)) {
      assertThat(reader.next().lastEventId()).isEqualTo(third);
      assertThat(place(reader)).contains(second);
    }
  }

  @Test
  void line130WhatIsPrivateIsLookedAtAgain() {
    String first = update();
    hub().publish(field("topic", topic) + "&private");
    String open = update();
    try (SseClient reader =
        hub()
            .listen(
                field("match", topic),
                "Last-Event-ID",
                first,
                "Authorization",
                MercureHubs.subscriber("other").bearer())) {
      assertThat(reader.next().lastEventId()).isEqualTo(open);
    }
  }

  @Test
  void lines131And133EarliestIsAllThatIsKept() {
    String first = update();
    String second = update();
    try (SseClient reader = hub().listen(field("match", topic) + "&last_event_id=earliest")) {
      assertThat(place(reader)).contains("earliest");
      assertThat(reader.next(2))
          .extracting(ReceivedEvent::lastEventId)
          .containsExactly(first, second);
    }
  }

  @Test
  void line132WhoDoesNotAskIsNotTold() {
    try (SseClient silent = hub().listen(field("match", topic));
        SseClient empty = hub().listen(field("match", topic) + "&last_event_id=")) {
      assertThat(place(silent)).isEmpty();
      assertThat(place(empty)).contains("earliest");
      String id = update();

      assertThat(silent.next().lastEventId()).isEqualTo(id);
      assertThat(empty.next().lastEventId()).isEqualTo(id);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"urn:uuid:00000000-0000-4000-8000-000000000000", "%0A", "nobody's"})
  void lines133And135AnIdThatIsNotKnownIsToldByAnother(String id) {
    String first = update();
    try (SseClient reader =
        hub().listen(field("match", topic) + "&last_event_id=" + id.replace("'", "%27"))) {
      assertThat(place(reader)).contains("earliest");
      assertThat(reader.next().lastEventId()).as("all there is").isEqualTo(first);
    }
  }

  @Test
  void line134AnIdIsThatOfOneUpdate() {
    String id = "urn:uuid:" + UUID.randomUUID();
    hub().publish(field("topic", topic) + "&" + field("id", id));
    String twin = hub().publish(field("topic", topic) + "&" + field("id", id));
    try (SseClient reader =
        hub().listen(field("match", topic) + "&" + field("last_event_id", id))) {
      assertThat(reader.next().lastEventId()).isEqualTo(twin);
    }
  }

  @Test
  void idsOfAnyTextComeBack() {
    String id = "id-[\"https://example.com/{x}\"]:é漢" + UUID.randomUUID();
    hub().publish(field("topic", topic) + "&" + field("id", id));
    String second = update();
    try (SseClient reader =
        hub().listen(field("match", topic) + "&" + field("last_event_id", id))) {
      assertThat(reader.next().lastEventId()).isEqualTo(second);
    }
  }
}
