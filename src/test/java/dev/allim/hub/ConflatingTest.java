package dev.allim.hub;

import static dev.allim.hub.HistoryHub.keyed;
import static dev.allim.hub.HistoryHub.note;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.settings.SlowReaderPolicy;
import dev.allim.hub.spi.StartAt;
import dev.allim.notification.EventId;
import dev.allim.testing.HandClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Lagging readers that are given the newest of each key only. */
class ConflatingTest {
  private static HistoryHub keeping(int frames) {
    return new HistoryHub(TestSettings.DEFAULT.with(SlowReaderPolicy.CONFLATE).keeping(frames));
  }

  /** A reader of {@code matchers} whose socket got full with the event {@code first}. */
  private static TestReader lagging(HistoryHub hub, String... matchers) {
    TestReader reader = hub.stuck(matchers);
    hub.deliver(note("first", "a", "alt"));
    return reader;
  }

  private static void publishMany(HistoryHub hub) {
    for (int i = 0; i < 300; i++) {
      hub.deliver(keyed("k", "k" + i, "a"), keyed("j", "j" + i, "a"));
    }
    hub.deliver(note("plain1", "a"), keyed("k", "k", "a"), note("plain2", "a"));
  }

  @Test
  void fromTheRingTheyGetTheNewestOfEachKeyAndAllThatHasNone() {
    HistoryHub hub = keeping(1000);
    TestReader reader = lagging(hub, "a");
    publishMany(hub);

    hub.drain(reader);

    assertThat(reader.ids()).containsExactly("first", "j299", "plain1", "k", "plain2");
    assertThat(reader.gaps()).isEmpty();
  }

  @Test
  void fromTheLogTheyGetTheSame() {
    HistoryHub hub = keeping(2);
    TestReader reader = lagging(hub, "a");
    publishMany(hub);

    hub.drain(reader);

    assertThat(reader.ids()).containsExactly("first", "j299", "plain1", "k", "plain2");
    assertThat(reader.gaps()).isEmpty();
  }

  @Test
  void onceTheyHaveCaughtUpTheyGetEverythingAgain() {
    HistoryHub hub = keeping(1000);
    TestReader reader = lagging(hub, "a");
    hub.deliver(keyed("k", "1", "a"), keyed("k", "2", "a"));
    hub.drain(reader);

    hub.deliver(keyed("k", "3", "a"), keyed("k", "4", "a"));

    assertThat(reader.ids()).containsExactly("first", "2", "3", "4");
  }

  @Test
  void whoResumesGetsEverything() {
    HistoryHub hub = keeping(1000);
    hub.deliver(note("1", "a"), keyed("k", "2", "a"), keyed("k", "3", "a"));

    TestReader reader = hub.join(new StartAt.After(new EventId("1")), "a");

    assertThat(reader.ids()).containsExactly("2", "3");
  }

  @Test
  void keysOfDifferentTopicsReplaceNothingOfEachOther() {
    HistoryHub hub = keeping(1000);
    TestReader reader = lagging(hub, "a", "b");
    hub.deliver(keyed("k", "1", "a"), keyed("k", "2", "b"));

    hub.drain(reader);

    assertThat(reader.ids()).containsExactly("first", "1", "2");
  }

  @Test
  void whatTheReaderDoesNotGetReplacesNothing() {
    HistoryHub hub = keeping(1000);
    TestReader reader = lagging(hub, "alt");
    hub.deliver(keyed("k", "1", "a", "alt"), keyed("k", "2", "a"));

    hub.drain(reader);

    assertThat(reader.ids()).containsExactly("first", "1");
  }

  @Test
  void whatHasExpiredReplacesNothing() {
    HistoryHub hub = keeping(1000);
    TestReader reader = lagging(hub, "a");
    hub.deliver(
        keyed("k", "1", "a"),
        keyed("k", "2", "a").expiring(HandClock.START.plus(Duration.ofSeconds(1))));
    hub.pass(Duration.ofSeconds(1));

    hub.drain(reader);

    assertThat(reader.ids()).containsExactly("first", "1");
  }
}
