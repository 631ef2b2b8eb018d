package dev.allim.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allim.text.InvalidFieldException;
import dev.allim.topic.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class NotificationTest {
  private static final EventId ID = new EventId("1");
  private static final Topic TOPIC = new Topic("a");

  private static Notification under(List<Topic> topics, OptionalLong retry) {
    return new Notification(
        ID, topics, Optional.empty(), "x", retry, Optional.empty(), Optional.empty());
  }

  @Test
  void needsATopic() {
    assertThatThrownBy(() -> under(List.of(), OptionalLong.empty()))
        .isInstanceOf(InvalidFieldException.class)
        .hasMessageContaining("at least one topic");
  }

  @Test
  void refusesATopicTwice() {
    assertThatThrownBy(
            () -> under(List.of(TOPIC, new Topic("b"), new Topic("a")), OptionalLong.empty()))
        .isInstanceOf(InvalidFieldException.class)
        .hasMessageContaining("twice");
  }

  @Test
  void refusesANegativeRetry() {
    assertThatThrownBy(() -> under(List.of(TOPIC), OptionalLong.of(-1)))
        .isInstanceOf(InvalidFieldException.class)
        .extracting(thrown -> ((InvalidFieldException) thrown).field())
        .isEqualTo("retry");
    assertThat(under(List.of(TOPIC), OptionalLong.of(0)).retry()).hasValue(0);
  }

  @Test
  void keepsItsTopicsWhateverHappensToTheList() {
    List<Topic> topics = new ArrayList<>(List.of(TOPIC, new Topic("b")));
    Notification notification = under(topics, OptionalLong.empty());
    topics.clear();

    assertThat(notification.topics()).containsExactly(TOPIC, new Topic("b"));
    assertThat(notification.canonicalTopic()).isEqualTo(TOPIC);
  }

  @Test
  void isExpiredFromItsInstantOn() {
    Instant noon = Instant.parse("2026-03-01T12:00:00Z");
    Notification notification = Notification.of(ID, TOPIC, "x").expiring(noon);

    assertThat(notification.expiredAt(noon.minusNanos(1))).isFalse();
    assertThat(notification.expiredAt(noon)).isTrue();
    assertThat(Notification.of(ID, TOPIC, "x").expiredAt(Instant.MAX)).isFalse();
  }

  @Test
  void changesOnlyWhatItIsAskedTo() {
    Notification plain = Notification.of(ID, TOPIC, "x");
    Notification all =
        plain.named(new EventName("update")).keyed(new Key("k")).expiring(Instant.EPOCH);

    assertThat(all)
        .isEqualTo(
            new Notification(
                ID,
                List.of(TOPIC),
                Optional.of(new EventName("update")),
                "x",
                OptionalLong.empty(),
                Optional.of(new Key("k")),
                Optional.of(Instant.EPOCH)));
  }
}
