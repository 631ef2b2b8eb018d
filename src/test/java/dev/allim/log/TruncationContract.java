package dev.allim.log;

import static dev.allim.log.Appends.append;
import static dev.allim.log.Locations.before;
import static dev.allim.log.Locations.earliest;
import static dev.allim.log.Locations.find;
import static dev.allim.log.Locations.truncatedUpTo;
import static dev.allim.log.Notifications.filter;
import static dev.allim.log.Notifications.many;
import static dev.allim.log.Notifications.note;
import static dev.allim.log.Notifications.readAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.notification.EventId;
import dev.allim.topic.Topic;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every engine promises of what is gone: that whoever asks for it is told. */
interface TruncationContract {
  /** The engine in question, empty at first. */
  LogEngine log();

  @Test
  default void earliestIsJustBeforeTheOldestKept() {
    append(log(), note("1", "a"), note("2", "b"));
    log().purge(new Topic("a"));

    assertThat(readAll(log(), earliest(log()), "*")).containsExactly("2");
    assertThat(earliest(log())).isEqualTo(find(log(), new EventId("2")).orElseThrow() - 1);
  }

  @Test
  default void aPurgeDeletesACanonicalTopicAndSaysUpToWhere() {
    long[] positions =
        append(log(), note("1", "a", "x"), note("2", "b", "a"), note("3", "a"), note("4", "c"));

    assertThat(log().purge(new Topic("a"))).isEqualTo(2);

    assertThat(readAll(log(), 0, "*")).containsExactly("2", "4");
    assertThat(find(log(), new EventId("1"))).isEmpty();
    assertThat(truncatedUpTo(log(), filter("a"))).isEqualTo(positions[2]);
    assertThat(truncatedUpTo(log(), filter("x"))).isEqualTo(positions[0]);
    assertThat(truncatedUpTo(log(), filter("{t}"))).isEqualTo(positions[2]);
    assertThat(truncatedUpTo(log(), filter("*"))).isEqualTo(positions[2]);
    assertThat(truncatedUpTo(log(), filter("b", "c"))).isZero();
  }

  /** As many as one transaction, or one script, takes and more. */
  @Test
  default void whatIsDeletedByPositionIsGoneAndTheRestStays() {
    long[] positions = append(log(), many("n", 1_300, "a"));
    long[] others = append(log(), note("x", "a", "b"), note("y", "a", "c"));
    List<Long> doomed =
        LongStream.concat(
                Arrays.stream(positions), LongStream.of(others[1], positions[0], others[1] + 1))
            .boxed()
            .toList();

    assertThat(log().delete(doomed)).isEqualTo(1_301);

    assertThat(readAll(log(), 0, "*")).containsExactly("x");
    assertThat(find(log(), new EventId("y"))).isEmpty();
    assertThat(truncatedUpTo(log(), filter("b"))).isZero();
    assertThat(truncatedUpTo(log(), filter("c"))).isEqualTo(others[1]);
    assertThat(log().delete(doomed)).isZero();
    assertThat(append(log(), note("y", "a"))[0]).isGreaterThan(others[1]);
  }

  @Test
  default void whoeverBeginsIsToldWhatIsMissing() {
    long[] positions =
        append(log(), note("1", "a"), note("2", "b"), note("3", "a"), note("4", "b"));
    log().purge(new Topic("a"));

    LogStart behindTwo = new LogStart.After(new EventId("2"));
    assertThat(log().locate(behindTwo, filter("a")))
        .isEqualTo(new Location.Known(positions[1], positions[2]))
        .returns(true, Location::isGap);
    assertThat(log().locate(behindTwo, filter("b")))
        .isEqualTo(new Location.Known(positions[1], 0))
        .returns(false, Location::isGap);
    assertThat(log().locate(new LogStart.After(new EventId("4")), filter("a")).isGap()).isFalse();
    assertThat(log().locate(new LogStart.After(new EventId("1")), filter("b")))
        .isEqualTo(new Location.Unknown(positions[1] - 1, 0))
        .returns(true, Location::isGap);
  }

  /** Whatever was read beside a purge: it is in the page, or the page says that it is gone. */
  @Test
  default void aPageAndWhatItSaysToBeGoneAreOfOneMoment() {
    for (int round = 0; round < 20; round++) {
      long[] positions = append(log(), many("r" + round + "n", 400, "a"));
      long before = positions[0] - 1;
      CompletableFuture<Integer> purging =
          CompletableFuture.supplyAsync(() -> log().purge(new Topic("a")));
      Page page;
      do {
        page = log().read(before, filter("a"), 1_000, Notifications.ROOM);
        long gone = Math.max(before, page.truncatedUpTo());
        assertThat(page.items().size() + gone - before).isEqualTo(positions.length);
      } while (!purging.isDone());
    }
  }

  @Test
  default void positionsGoOnAfterAllWasPurged() {
    append(log(), many("n", 1_200, "a"));
    long head = log().status().head();

    assertThat(log().purge(new Topic("a"))).isEqualTo(1_200);

    assertThat(log().status().head()).isEqualTo(head);
    assertThat(earliest(log())).isEqualTo(head);
    assertThat(append(log(), note("again", "a"))[0]).isGreaterThan(head);
  }
}
