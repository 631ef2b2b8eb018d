package dev.allim.hub;

import static dev.allim.hub.HistoryHub.note;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.settings.UnknownIdPolicy;
import dev.allim.hub.spi.StartAt;
import dev.allim.notification.EventId;
import dev.allim.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A stream tells its reader where it stands, so that a cut before its first event loses nothing.
 */
class PlacesOfStreamsTest {
  private static final int RING = 4;
  private final HistoryHub hub = new HistoryHub(TestSettings.DEFAULT.keeping(RING));

  private TestReader comeBack(TestReader reader, String... matchers) {
    return hub.join(new StartAt.After(new EventId(reader.wire.lastEventId())), matchers);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, RING, 300})
  void whoWasCutBeforeTheFirstEventGetsAllThatCameMeanwhile(int missed) {
    hub.deliver("a", 1, 10);
    TestReader cut = hub.join(new StartAt.Now(), "a");
    cut.leave();
    hub.deliver("a", 11, 10 + missed);

    TestReader back = comeBack(cut, "a");

    hub.deliver("a", 11 + missed, 11 + missed);
    assertThat(back.ids()).hasSize(missed + 1).endsWith(Integer.toString(11 + missed));
    assertThat(back.gaps()).isEmpty();
  }

  @Test
  void alsoOnAHubThatWasRestartedMeanwhile() {
    TestReader cut = hub.join(new StartAt.Now(), "a");
    hub.deliver("a", 1, 2);
    HistoryHub next = hub.restarted();

    TestReader back = next.join(new StartAt.After(new EventId(cut.wire.lastEventId())), "a");

    assertThat(cut.ids()).containsExactly("1", "2");
    next.deliver("a", 3, 3);
    assertThat(back.ids()).containsExactly("3");
  }

  @Test
  void whatIsGoneMeanwhileIsToldAsAGap() {
    TestReader cut = hub.join(new StartAt.Now(), "a");
    String place = cut.wire.lastEventId();
    cut.leave();
    hub.deliver("a", 1, 10);
    hub.hub.purge(new Topic("a"));
    hub.deliver("b", 20, 20 + RING);

    TestReader back = comeBack(cut, "a");

    hub.deliver("a", 30, 30);
    assertThat(back.ids()).containsExactly("30");
    assertThat(back.gaps()).singleElement().asString().contains(place);
  }

  @Test
  void aPlaceThatIsNoneIsAnUnknownId() {
    hub.deliver("a", 1, 2);

    TestReader reader = hub.join(new StartAt.After(new EventId("place:none")), "a");

    assertThat(reader.gaps()).hasSize(1);
    assertThat(reader.ids()).containsExactly("1", "2");
  }

  @Test
  void whoHasAnIdKeepsIt() {
    hub.deliver("a", 1, 3);

    TestReader reader = hub.join(new StartAt.After(new EventId("3")), "a");

    assertThat(reader.wire.lastEventId()).isEmpty();
    assertThat(reader.wire.comments()).isEqualTo(1);
  }

  @Test
  void whoAskedForThePastAndFoundNothingIsToldWhereItStandsThen() {
    hub.deliver("b", 1, 3);
    TestReader reader = hub.join(new StartAt.Since(Instant.EPOCH), "a");
    assertThat(reader.wire.lastEventId()).startsWith(EventId.PLACE);
    reader.leave();
    hub.deliver("a", 4, 4);

    assertThat(comeBack(reader, "a").ids()).containsExactly("4");
  }

  @Test
  void whoNamedNothingOfOursIsToldOfAGapAndGetsWhatIsKept() {
    hub.deliver("a", 1, 3);

    TestReader reader = hub.join(new StartAt.AfterUnknown(), "a");

    assertThat(reader.gaps())
        .containsExactly("{\"asked\":null,\"resumesAt\":\"1\",\"missed\":null}");
    assertThat(reader.ids()).containsExactly("1", "2", "3");
  }

  @Test
  void orOnlyWhatIsNewWhereUnknownIdsBeginWithThePresent() {
    HistoryHub live = new HistoryHub(TestSettings.DEFAULT.with(UnknownIdPolicy.LIVE));
    live.deliver("a", 1, 3);

    TestReader reader = live.join(new StartAt.AfterUnknown(), "a");

    live.deliver("a", 4, 4);
    assertThat(reader.gaps()).hasSize(1);
    assertThat(reader.ids()).containsExactly("4");
  }

  // ---- again

  private void beSilent(Duration duration) {
    hub.nanoTime.pass(duration);
    hub.tick();
  }

  @Test
  void aHeartbeatTellsThePlaceAgainWhenMuchHasPassedThatIsOfNoConcern() {
    TestReader reader = hub.join(new StartAt.Now(), "a");
    hub.deliver("a", 1, 1);
    beSilent(Duration.ofSeconds(15));
    assertThat(reader.wire.lastEventId()).isEqualTo("1");
    hub.deliver("b", 2, 2 + RING);

    beSilent(Duration.ofSeconds(15));

    assertThat(reader.wire.lastEventId()).startsWith(EventId.PLACE);
    assertThat(reader.events()).hasSize(1);
    hub.deliver("a", 10, 10);
    assertThat(comeBack(reader, "a").ids()).isEmpty();
  }

  @Test
  void aHeartbeatTellsThePlaceAgainAfterLongSilenceSoThatRetentionDoesNotForgetTheReader() {
    TestReader reader = hub.join(new StartAt.Now(), "a");
    hub.deliver("a", 1, 1);
    beSilent(Duration.ofMinutes(59));
    assertThat(reader.wire.lastEventId()).isEqualTo("1");

    beSilent(Duration.ofMinutes(2));
    hub.hub.purge(new Topic("a"));
    hub.run();

    TestReader back = comeBack(reader, "a");
    assertThat(reader.wire.lastEventId()).startsWith(EventId.PLACE);
    assertThat(back.gaps()).isEmpty();
  }

  // ---- ids that come back

  /** The hole that a reused id would have been jumped over by, without a word. */
  @Test
  void whoComesBackWithAnIdThatIsAnothersNowIsToldAndMissesNothingThatIsKept() {
    TestReader reader = hub.join(new StartAt.Now(), "a");
    hub.deliver(note("x", "gone", "a"));
    reader.leave();
    hub.deliver(note("1", "a"), note("2", "a"));
    hub.hub.purge(new Topic("gone"));
    hub.run();
    hub.deliver(note("x", "theirs"), note("3", "a"));

    TestReader back = hub.join(new StartAt.After(new EventId("x")), "a");

    assertThat(back.gaps()).hasSize(1);
    assertThat(back.ids()).containsExactly("1", "2", "3");
  }
}
