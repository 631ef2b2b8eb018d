package dev.allim.hub.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
  private static final long SECOND = 1_000_000_000;

  /** So much that one is not little, of a hundred. */
  private static final long UNIT = 128;

  private long now;
  private final MemoryBudget budget = new MemoryBudget(100 * UNIT, () -> now);
  private final List<String> told = new ArrayList<>();

  private MemoryBudget.Share share(String name, long units) {
    MemoryBudget.Share share = budget.open(() -> told.add(name));
    share.take(units * UNIT);
    return share;
  }

  private void little(String name) {
    budget.open(() -> told.add(name)).take(100);
  }

  @Test
  void nobodyIsToldWhileThereIsRoom() {
    share("a", 60);
    share("b", 40);

    assertThat(told).isEmpty();
    assertThat(budget.held()).isEqualTo(100 * UNIT);
  }

  @Test
  void whoHoldsMostForLongestMakesWay() {
    share("small and old", 10);
    share("large and old", 80);
    now += SECOND;
    share("large and new", 60);

    assertThat(told).containsExactly("large and old");
  }

  @Test
  void whoIsToldIsNotCountedAndNotToldAgain() {
    MemoryBudget.Share old = share("old", 100);
    now += SECOND;
    share("new", 50);
    share("newer", 50);
    assertThat(told).containsExactly("old");

    old.close();
    old.close();

    assertThat(budget.held()).isEqualTo(100 * UNIT);
    assertThat(told).containsExactly("old");
  }

  @Test
  void whoIsNearlyDoneIsLeftAlone() {
    share("settled", 90).settle();
    now += SECOND;
    share("new", 20);

    assertThat(told).containsExactly("new");
  }

  @Test
  void whoHoldsLittleDoesNotMakeWayForThoseWhoHoldMuch() {
    little("early");
    now += SECOND;
    share("nearly done", 99).settle();
    little("late");
    share("much", 30);

    assertThat(told).containsExactly("much");
  }

  @Test
  void manyWhoHoldLittleMakeWayForOneAnother() {
    share("nearly done", 100).settle();
    little("slow");
    now += SECOND;
    IntStream.range(1, 32).forEach(i -> little("quick"));
    assertThat(told).isEmpty();

    little("one more");

    assertThat(told).containsExactly("slow");
  }

  @Test
  void whoWaitsIsLetInInOrder() {
    MemoryBudget.Share first = share("first", 100);
    List<String> in = new ArrayList<>();
    budget.whenRoom(() -> in.add("a"));
    budget.whenRoom(() -> in.add("b"));
    assertThat(in).isEmpty();

    first.close();

    assertThat(in).containsExactly("a", "b");
    assertThat(told).isEmpty();
  }

  @Test
  void whoNeedsLessThanItTookLetsOthersIn() {
    MemoryBudget.Share first = share("first", 100);
    List<String> in = new ArrayList<>();
    budget.whenRoom(() -> in.add("a"));

    first.hold(100 * UNIT);
    assertThat(in).isEmpty();
    first.hold(99 * UNIT);

    assertThat(in).containsExactly("a");
  }

  @Test
  void whoHoldsForLongIsPressedOnlyWhileOthersWait() {
    MemoryBudget.Share first = share("first", 100);
    now += 2 * SECOND;
    budget.press(SECOND);
    assertThat(told).isEmpty();

    budget.whenRoom(first::settle);
    budget.press(3 * SECOND);
    assertThat(told).isEmpty();
    budget.press(SECOND);

    assertThat(told).containsExactly("first");
  }
}
