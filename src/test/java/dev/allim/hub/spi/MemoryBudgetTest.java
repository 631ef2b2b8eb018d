package dev.allim.hub.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
  private static final long SECOND = 1_000_000_000;

  private long now;
  private final MemoryBudget budget = new MemoryBudget(100, () -> now);
  private final List<String> told = new ArrayList<>();

  private MemoryBudget.Share share(String name, long bytes) {
    MemoryBudget.Share share = budget.open(() -> told.add(name));
    share.take(bytes);
    return share;
  }

  @Test
  void nobodyIsToldWhileThereIsRoom() {
    share("a", 60);
    share("b", 40);

    assertThat(told).isEmpty();
    assertThat(budget.held()).isEqualTo(100);
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

    assertThat(budget.held()).isEqualTo(100);
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

    first.hold(100);
    assertThat(in).isEmpty();
    first.hold(99);

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
