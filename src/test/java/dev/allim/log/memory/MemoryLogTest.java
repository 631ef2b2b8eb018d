package dev.allim.log.memory;

import static dev.allim.log.Locations.find;
import static dev.allim.log.Locations.truncatedUpTo;
import static dev.allim.log.Notifications.filter;
import static dev.allim.log.Notifications.many;
import static dev.allim.log.Notifications.note;
import static dev.allim.log.Notifications.readAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.log.Appends;
import dev.allim.log.EventLogContract;
import dev.allim.log.LogEngine;
import dev.allim.log.append.SideRoom;
import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import dev.allim.topic.Topic;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryLogTest extends EventLogContract {
  @Override
  public LogEngine open(Clock clock) {
    return new MemoryLog(clock, 10_000, 1 << 20, SideRoom.USUAL);
  }

  @Override
  public LogEngine open(SideRoom beside) {
    return new MemoryLog(clock, 10_000, 1 << 20, beside);
  }

  @Test
  void keepsTheNewestThatAreFewEnough() {
    MemoryLog log = new MemoryLog(clock, 3, 1000, SideRoom.USUAL);
    long[] positions = Appends.append(log, many("n", 5, "a"));

    assertThat(readAll(log, 0, "a")).containsExactly("n2", "n3", "n4");
    assertThat(find(log, new EventId("n1"))).isEmpty();
    assertThat(truncatedUpTo(log, filter("a"))).isEqualTo(positions[1]);
    assertThat(truncatedUpTo(log, filter("b"))).isZero();
  }

  @Test
  void keepsTheNewestThatAreSmallEnough() {
    MemoryLog log = new MemoryLog(clock, 100, 1000, SideRoom.USUAL);
    Appends.append(
        log,
        List.of(
            note("1", "a"),
            Notification.of(new EventId("2"), new Topic("a"), "x".repeat(600)),
            Notification.of(new EventId("3"), new Topic("a"), "x".repeat(600))));

    assertThat(readAll(log, 0, "a")).containsExactly("3");
  }

  @Test
  void ofTooManyTopicsItKnowsThatSomethingWasForgotten() {
    MemoryLog log = new MemoryLog(clock, 1, 1000, SideRoom.USUAL);
    for (int i = 0; i < 10_010; i++) {
      Appends.append(log, List.of(note("n" + i, "topic/" + i)));
    }

    assertThat(truncatedUpTo(log, filter("topic/0"))).isPositive();
  }

  @Test
  void saysThatItDoesNotLast() {
    assertThat(new MemoryLog().durable()).isFalse();
  }
}
