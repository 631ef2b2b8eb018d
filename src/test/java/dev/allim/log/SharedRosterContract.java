package dev.allim.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.log.SharedRoster.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every engine promises that has a roster: what one node tells, the others see. */
public interface SharedRosterContract {
  /** One of two programs that share an engine, on which nothing was told yet. */
  SharedRoster here();

  /** The other. */
  SharedRoster there();

  private static Entry entry(int number) {
    return new Entry("id-%05d".formatted(number), "text of " + number + " 알림");
  }

  private static List<Entry> entries(int from, int to) {
    return IntStream.range(from, to).mapToObj(SharedRosterContract::entry).toList();
  }

  private static List<String> ids(int from, int to) {
    return entries(from, to).stream().map(Entry::id).toList();
  }

  private static List<Entry> all(SharedRoster roster, String node) {
    return roster.others(node, "", 10_000);
  }

  @Test
  default void whatOneTellsTheOthersSeeAndNotItself() {
    assertThat(here().tell("one", List.of(), entries(0, 3))).isTrue();

    assertThat(all(there(), "two")).isEqualTo(entries(0, 3));
    assertThat(all(here(), "one")).isEmpty();
  }

  @Test
  default void changesAddUp() {
    here().tell("one", List.of(), entries(0, 3));
    assertThat(here().tell("one", ids(1, 2), List.of(new Entry("id-00002", "new")))).isTrue();
    assertThat(here().tell("one", List.of("unknown"), List.of())).isTrue();

    assertThat(all(there(), "two")).containsExactly(entry(0), new Entry("id-00002", "new"));
  }

  @Test
  default void manyNodesAreReadAsOneInTheOrderOfIds() {
    here().tell("one", List.of(), List.of(entry(0), entry(3)));
    there().tell("two", List.of(), List.of(entry(1), entry(4)));
    there().tell("three", List.of(), List.of(entry(2)));

    assertThat(all(here(), "four")).isEqualTo(entries(0, 5));
    assertThat(all(here(), "two")).containsExactly(entry(0), entry(2), entry(3));
  }

  @Test
  default void pagesFollowEachOther() {
    here().tell("one", List.of(), entries(0, 700));
    there().tell("two", List.of(), entries(700, 1300));
    List<Entry> found = new ArrayList<>();

    List<Entry> page = here().others("none", "", 250);
    while (!page.isEmpty()) {
      found.addAll(page);
      page = here().others("none", page.get(page.size() - 1).id(), 250);
    }

    assertThat(found).isEqualTo(entries(0, 1300));
  }

  @Test
  default void thousandsThatLeaveAtOnceAreGone() {
    here().tell("one", List.of(), entries(0, 2_000));
    here().tell("one", ids(1, 2_000), List.of());

    assertThat(all(there(), "two")).containsExactly(entry(0));
  }

  @Test
  default void whoHasNothingToTellIsKnownAllTheSame() {
    assertThat(here().tell("one", List.of(), List.of())).isTrue();
    assertThat(here().tell("one", List.of(), List.of())).isTrue();
    assertThat(all(there(), "two")).isEmpty();
  }

  @Test
  default void whoEndsIsForgottenAtOnceAndBeginsAnew() {
    here().tell("one", List.of(), entries(0, 3));
    here().forget("one");
    assertThat(all(there(), "two")).isEmpty();

    assertThat(here().tell("one", List.of(), entries(4, 5))).isTrue();
    assertThat(all(there(), "two")).isEqualTo(entries(4, 5));
  }
}
