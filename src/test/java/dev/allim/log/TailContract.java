package dev.allim.log;

import static dev.allim.log.Appends.append;
import static dev.allim.log.Notifications.note;
import static dev.allim.log.Notifications.readAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.log.Appends.Heard;
import dev.allim.topic.Topic;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every engine promises to those who follow it. */
interface TailContract {
  /** The engine in question, empty at first. */
  LogEngine log();

  @Test
  default void whoFollowsHearsOfAllInOrderOnce() {
    Heard first = new Heard();
    Heard second = new Heard();
    log().tail(0, first);
    append(log(), note("1", "a"), note("2", "b"));
    EventLog.Registration following = log().tail(log().status().head(), second);
    append(log(), note("3", "a"));
    following.end();
    append(log(), note("4", "a"));

    assertThat(first.ids()).containsExactly("1", "2", "3", "4");
    assertThat(first.after)
        .containsExactly(0L, first.records.get(1).position(), first.records.get(2).position());
    assertThat(second.ids()).containsExactly("3");
  }

  @Test
  default void whoFollowsFromThePastIsToldUpToWhereItHasToRead() {
    append(log(), note("1", "a"), note("2", "b"));
    Heard heard = new Heard();

    log().tail(0, heard);

    assertThat(heard.after).containsExactly(log().status().head());
    log().probe();
    assertThat(heard.after).endsWith(log().status().head(), log().status().head());
  }

  @Test
  default void whoFollowsHearsOfAPurge() {
    append(log(), note("1", "a"), note("2", "b"));
    Heard first = new Heard();
    Heard second = new Heard();
    log().tail(log().status().head(), first);
    log().tail(log().status().head(), second);

    log().purge(new Topic("a"));

    assertThat(first.purged).containsExactly("a@" + log().status().head());
    assertThat(second.purged).isEqualTo(first.purged);
  }

  @Test
  default void whoFollowsHearsOfWhatIsDeletedByItsPosition() {
    long[] positions = append(log(), note("1", "a"), note("2", "a"), note("3", "a"));
    Heard heard = new Heard();
    log().tail(log().status().head(), heard);

    log().delete(List.of(positions[0], positions[2]));

    assertThat(heard.deleted).containsExactly(positions[0], positions[2]);
    assertThat(heard.purged).isEmpty();
  }

  @Test
  default void whoMeetsAFaultDoesNotHinderTheOthers() {
    Heard heard = new Heard();
    log().tail(0, new Faulty());
    log().tail(0, heard);

    append(log(), note("1", "a"));

    assertThat(heard.ids()).containsExactly("1");
  }

  /** Cannot take anything. */
  final class Faulty implements TailListener {
    @Override
    public void appended(long after, List<LogRecord> records) {
      throw new IllegalStateException("expected by this test");
    }

    @Override
    public void truncated(Topic topic, long upTo) {
      throw new IllegalStateException("expected by this test");
    }

    @Override
    public void deleted(List<Long> positions) {
      throw new IllegalStateException("expected by this test");
    }
  }

  @Test
  default void writersOfOneLogAreToldOfInOneOrder() {
    Heard heard = new Heard();
    log().tail(0, heard);

    CompletableFuture<?>[] writers =
        IntStream.range(0, 3)
            .mapToObj(writer -> CompletableFuture.runAsync(() -> appendMany(writer)))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(writers).join();

    assertThat(heard.ids()).hasSize(150).isEqualTo(readAll(log(), 0, "*"));
    assertThat(heard.records).extracting(LogRecord::position).isSorted();
  }

  private void appendMany(int writer) {
    for (int i = 0; i < 50; i++) {
      append(log(), note(writer + "/" + i, "a"));
    }
  }
}
