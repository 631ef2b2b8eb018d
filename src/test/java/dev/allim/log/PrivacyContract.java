package dev.allim.log;

import static dev.allim.log.Notifications.filter;
import static dev.allim.log.Notifications.ids;
import static dev.allim.log.Notifications.keyed;
import static dev.allim.log.Notifications.note;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import dev.allim.testing.HandClock;
import dev.allim.topic.Audience;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicFilter;
import dev.allim.topic.TopicMatcher;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every engine promises of notifications that are private. */
public interface PrivacyContract {
  /** The engine in question, empty at first. */
  LogEngine log();

  /** The clock that it goes by. */
  HandClock clock();

  private static TopicFilter granted(String grant, String... matchers) {
    return filter(matchers).within(new Audience.Granted(Set.of(TopicMatcher.parse(grant))));
  }

  private static boolean isKnown(LogEngine log, String id, TopicFilter filter) {
    return log.locate(new LogStart.After(new EventId(id)), filter) instanceof Location.Known;
  }

  @Test
  default void whatIsPrivateStaysSo() {
    Appends.append(log(), note("1", "a").keptPrivate(), note("2", "a"));

    assertThat(log().read(0, granted("a", "*"), 10, 1 << 20).items())
        .extracting(stored -> stored.notification().isPrivate())
        .containsExactly(true, false);
  }

  @Test
  default void whatWaitsStaysPrivate() {
    Appends.defer(log(), note("1", "a").keptPrivate(), clock().instant().plusSeconds(1));
    Appends.deliverDue(log(), clock().instant().plusSeconds(2), 10);

    assertThat(log().read(0, granted("a", "*"), 10, 1 << 20).items())
        .extracting(stored -> stored.notification().isPrivate())
        .containsExactly(true);
  }

  @Test
  default void theIdOfSomethingHiddenIsNotKnown() {
    Appends.append(log(), note("1", "a", "b").keptPrivate(), note("2", "a"));

    assertThat(isKnown(log(), "1", filter("*"))).isFalse();
    assertThat(isKnown(log(), "1", granted("c", "*"))).isFalse();
    assertThat(isKnown(log(), "1", granted("b", "c"))).isTrue();
    assertThat(isKnown(log(), "2", filter("*"))).isTrue();
    assertThat(log().locate(new LogStart.After(new EventId("1")), filter("*")))
        .isEqualTo(log().locate(new LogStart.After(new EventId("never")), filter("*")));
  }

  @Test
  default void nobodyMissesWhatWasHiddenFromHim() {
    long[] at =
        Appends.append(log(), note("1", "a"), note("2", "a", "b").keptPrivate(), note("3", "c"));
    log().purge(new Topic("a"));

    assertThat(Locations.truncatedUpTo(log(), filter("*"))).isEqualTo(at[0]);
    assertThat(Locations.truncatedUpTo(log(), filter("b"))).isZero();
    assertThat(Locations.truncatedUpTo(log(), granted("c", "*"))).isEqualTo(at[0]);
    assertThat(Locations.truncatedUpTo(log(), granted("b", "a"))).isEqualTo(at[1]);
    assertThat(Locations.truncatedUpTo(log(), granted("a", "b"))).isEqualTo(at[1]);
  }

  @Test
  default void nothingIsReplacedByWhatIsHidden() {
    Notification open = keyed("1", "a", "k");
    Appends.append(log(), open, keyed("2", "a", "k").keptPrivate(), note("3", "b"));
    Appends.append(log(), note("4", "b", "d").keptPrivate());
    List<LogRecord> all = log().read(0, TopicFilter.wholeLog(), 10, 1 << 20).items();

    assertThat(state(filter("*"))).containsExactly("1", "3");
    assertThat(state(granted("a", "*"))).containsExactly("2", "3");
    assertThat(state(granted("d", "*"))).containsExactly("1", "4");
    assertThat(state(granted("b", "d"))).containsExactly("4");
    assertThat(ids(log().retainCurrent(filter("*"), all.subList(0, 1)))).containsExactly("1");
    assertThat(log().retainCurrent(granted("a", "*"), all.subList(0, 1))).isEmpty();
  }

  private List<String> state(TopicFilter filter) {
    return ids(
        log().state(filter).read(0, 10, 1 << 20).items().stream()
            .filter(stored -> filter.admits(stored.notification()))
            .toList());
  }

  @Test
  default void onlyWhatIsAllowedIsTakenBack() {
    Appends.defer(log(), note("1", "a", "b"), clock().instant().plusSeconds(1));

    assertThat(
            log()
                .cancel(new EventId("1"), waiting -> waiting.topics().size() == 1)
                .toCompletableFuture()
                .join())
        .isFalse();
    assertThat(
            log()
                .cancel(new EventId("1"), waiting -> waiting.topics().size() == 2)
                .toCompletableFuture()
                .join())
        .isTrue();
    assertThat(log().nextDue()).isEmpty();
  }
}
