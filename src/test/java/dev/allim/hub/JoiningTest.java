package dev.allim.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allim.hub.settings.UnknownIdPolicy;
import dev.allim.hub.spi.StartAt;
import dev.allim.hub.spi.SubscribeRequest;
import dev.allim.log.LogUnavailableException;
import dev.allim.notification.EventId;
import dev.allim.topic.TopicFilter;
import dev.allim.topic.TopicMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The edges of joining and resuming: never missed, never doubled. */
class JoiningTest {
  private final TestHub hub = TestHub.withOneLane();

  @Test
  void beginsWithWhenToComeBackAndWhereItStands() {
    TestReader reader = hub.join("a");

    assertThat(reader.wire.retry()).isEqualTo(TestSettings.RETRY.toMillis());
    assertThat(reader.wire.lastEventId()).startsWith(EventId.PLACE);
    assertThat(reader.events()).isEmpty();
    assertThat(hub.listener.opened).isEqualTo(1);
  }

  @Test
  void getsNothingThatWasDeliveredBefore() {
    hub.deliver("a");

    TestReader reader = hub.join("a");

    hub.run();
    assertThat(reader.events()).isEmpty();
  }

  @Test
  void getsNothingThatWaitsInTheMailboxWhenItJoins() {
    hub.publish("a");

    TestReader reader = hub.join("a");

    hub.run();
    assertThat(reader.events()).isEmpty();
  }

  @Test
  void getsEverythingThatComesAfterItJoined() {
    TestReader reader = hub.join("a");

    hub.publish("a");
    hub.publish("a");
    hub.run();

    assertThat(reader.ids()).containsExactly("1", "2");
  }

  @Test
  void doesNotDelayThoseWhoAreThereAlready() {
    TestReader first = hub.join("a");
    hub.publish("a");

    TestReader second = hub.join("a");

    assertThat(first.ids()).containsExactly("1");
    assertThat(second.ids()).isEmpty();
  }

  @Test
  void resumesBehindItsLastIdWithoutMissingWhatWaitsInTheMailbox() {
    hub.deliver("a");
    hub.deliver("a");
    hub.publish("a");

    TestReader reader = hub.resume("1", "a");

    assertThat(reader.ids()).containsExactly("2", "3");
    hub.deliver("a");
    assertThat(reader.ids()).containsExactly("2", "3", "4");
    assertThat(reader.gaps()).isEmpty();
  }

  @Test
  void resumesFromAnIdThatStillWaitsInTheMailbox() {
    hub.publish("a");
    hub.publish("a");

    TestReader reader = hub.resume("1", "a");

    hub.run();
    assertThat(reader.ids()).containsExactly("2");
  }

  /** It read it on a lane that was faster than the one it comes back to. */
  @Test
  void resumesFromAnIdThatIsFarDownAFullMailbox() {
    for (int i = 0; i < 12; i++) {
      hub.publishBatch(1000, "b");
    }
    int last = hub.publish("a");
    hub.publish("a");

    TestReader reader = hub.resume(Integer.toString(last), "a");

    hub.run();
    assertThat(reader.gaps()).isEmpty();
    assertThat(reader.ids()).containsExactly(Integer.toString(last + 1));
  }

  @Test
  void resumesFromAnIdOfATopicItDoesNotAskFor() {
    hub.deliver("a");
    hub.deliver("b");
    hub.deliver("a");

    assertThat(hub.resume("2", "a").ids()).containsExactly("3");
  }

  @Test
  void resumesAtTheNewestWithNothingToRead() {
    hub.deliver("a");

    TestReader reader = hub.resume("1", "a");

    hub.deliver("a");
    assertThat(reader.ids()).containsExactly("2");
  }

  @Test
  void isToldFirstThatItsIdIsUnknown() {
    hub.deliver("b");
    hub.deliver("a");
    hub.deliver("a");

    TestReader reader = hub.resume("other", "a");

    assertThat(reader.events().get(0).type()).isEqualTo("gap");
    assertThat(reader.gaps())
        .containsExactly("{\"asked\":\"other\",\"resumesAt\":\"2\",\"missed\":null}");
    assertThat(reader.ids()).containsExactly("2", "3");
    assertThat(hub.listener.gaps).isEqualTo(1);
  }

  @Test
  void isToldThatItGoesOnWithWhatIsYetToCome() {
    hub.deliver("b");

    TestReader reader = hub.resume("other", "a");

    assertThat(reader.gaps())
        .containsExactly("{\"asked\":\"other\",\"resumesAt\":null,\"missed\":null}");
    hub.deliver("a");
    assertThat(reader.ids()).containsExactly("2");
  }

  @Test
  void goesOnWithThePresentAfterAnUnknownIdWhereThatIsThePolicy() {
    TestHub present = new TestHub(1, TestSettings.DEFAULT.with(UnknownIdPolicy.LIVE));
    present.deliver("a");

    TestReader reader = present.resume("other", "a");

    present.deliver("a");
    assertThat(reader.gaps()).hasSize(1);
    assertThat(reader.ids()).containsExactly("2");
  }

  @Test
  void resumesFromTheLogWhatTheRingHasForgotten() {
    TestHub logging = new TestHub(1, TestSettings.DEFAULT.keeping(4).logging(1000));
    logging.publishMany(500, "a");
    logging.run();

    TestReader reader = logging.resume("100", "a");

    logging.deliver("a");
    assertThat(reader.ids()).hasSize(401).startsWith("101").endsWith("501");
    assertThat(reader.gaps()).isEmpty();
  }

  @Test
  void isToldWhatTheLogHasForgotten() {
    TestHub logging = new TestHub(1, TestSettings.DEFAULT.keeping(4).logging(10));
    logging.publishMany(20, "a");
    logging.run();

    TestReader reader = logging.resume("5", "a");

    assertThat(reader.ids()).hasSize(10).startsWith("11");
    assertThat(reader.gaps())
        .containsExactly("{\"asked\":\"5\",\"resumesAt\":\"11\",\"missed\":null}");
  }

  @Test
  void waitsForALogThatCannotBeReadAndGoesOnThen() {
    hub.deliver("b");
    hub.log.fail(new LogUnavailableException("locked", new IllegalStateException()));
    TestReader reader = hub.resume("other", "a");
    hub.tick();
    assertThat(reader.events()).isEmpty();
    hub.log.recover();

    hub.tick();

    hub.deliver("a");
    assertThat(reader.gaps()).hasSize(1);
    assertThat(reader.ids()).containsExactly("2");
    assertThat(reader.isOver()).isFalse();
  }

  @Test
  void readsOnOnceASocketThatWasFullFromTheBeginningDrains() {
    hub.deliver("a");
    hub.deliver("a");
    RecordingWire wire = new RecordingWire();
    wire.fill();
    TestReader reader = hub.joinOn(0, Optional.of("1"), wire, "a");
    hub.deliver("a");
    assertThat(reader.ids()).isEmpty();

    reader.drain();

    hub.deliver("a");
    assertThat(reader.ids()).containsExactly("2", "3", "4");
  }

  @Test
  void joinsOnALoopOfTheHubOnly() {
    assertThatThrownBy(
            () ->
                hub.hub.subscribe(
                    SubscribeRequest.of(
                        TopicFilter.everything(),
                        new StartAt.Now(),
                        new RecordingWire(),
                        () -> {})))
        .isInstanceOf(IllegalStateException.class);
    assertThat(hub.listener.opened).isZero();
  }

  /** Each reader costs its own greeting and its own place, whatever number is there already. */
  @Test
  void letsFiftyThousandComeAndGo() {
    TestReader[] readers = new TestReader[50_000];
    for (int i = 0; i < readers.length; i++) {
      readers[i] = hub.join("a");
    }
    hub.deliver("a");
    for (TestReader reader : readers) {
      assertThat(reader.wire.writes).isEqualTo(2);
      reader.leave();
    }

    assertThat(hub.listener.closed).hasSize(readers.length);
    hub.deliver("a");
    assertThat(hub.listener.delivered).isEqualTo(readers.length);
  }

  /** As when a publisher is quicker than the loop that has just written the stream's head. */
  @Test
  void missesNothingBetweenItsPlaceAndItsJoining() {
    TestHub hub = TestHub.withOneLane();
    hub.deliver("a");
    List<StartAt> places = new ArrayList<>();
    hub.loops.get(0).on(() -> places.add(hub.hub.here()));
    hub.deliver("a");
    hub.deliver("b");
    hub.publish("a");
    TestReader reader =
        new TestReader(
            hub.hub,
            hub.loops.get(0),
            TopicFilter.in(List.of(TopicMatcher.parse("a"))),
            places.get(0),
            new RecordingWire());
    hub.deliver("a");

    assertThat(reader.ids()).containsExactly("2", "4", "5");
    assertThat(reader.gaps()).isEmpty();
  }
}
