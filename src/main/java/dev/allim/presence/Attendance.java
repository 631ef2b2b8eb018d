package dev.allim.presence;

import dev.allim.hub.spi.ActiveSubscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Finds out what is to be told of those who come and go: that somebody came, at once; that somebody
 * left, when it has not come back within the grace. Who comes back has the id that it had. For one
 * thread at a time.
 *
 * <p>What waits to be told is at most one thing for each that is there or has left.
 */
final class Attendance {
  private final long graceNanos;

  /** Streams that are open, by id: two while one that is lost was not found to be so yet. */
  private final Map<UUID, Integer> open = new HashMap<>();

  /** In the order in which they left, which is that of their deadlines. */
  private final Map<UUID, Leaving> leaving = new LinkedHashMap<>();

  private final boolean isForReaders;
  private final Map<UUID, ActiveSubscription> joined = new LinkedHashMap<>();
  private final Map<UUID, ActiveSubscription> left = new LinkedHashMap<>();

  private record Leaving(ActiveSubscription one, long until) {}

  private Attendance(Duration grace, boolean isForReaders) {
    this.graceNanos = grace.toNanos();
    this.isForReaders = isForReaders;
  }

  /**
   * For those who heard of everybody from the beginning: nothing is told of who comes back in time,
   * nor of who leaves before anybody was told that it came.
   */
  static Attendance within(Duration grace) {
    return new Attendance(grace, false);
  }

  /**
   * For those who read the list at some moment, and hear of what happens from then on: who comes
   * back in time was away then, and is told of again; who was there then is told to leave, whether
   * or not anybody had been told that it came.
   */
  static Attendance forReadersOfTheList(Duration grace) {
    return new Attendance(grace, true);
  }

  void joined(ActiveSubscription one) {
    boolean isThere = open.merge(one.id(), 1, Integer::sum) > 1;
    boolean isBack = leaving.remove(one.id()) != null || left.remove(one.id()) != null;
    if (!isThere && (!isBack || isForReaders)) {
      joined.put(one.id(), one);
    }
  }

  void left(ActiveSubscription one, long now) {
    boolean isGone =
        open.computeIfPresent(one.id(), (id, count) -> count > 1 ? count - 1 : null) == null;
    if (isGone && (joined.remove(one.id()) == null || isForReaders)) {
      leaving.put(one.id(), new Leaving(one, now + graceNanos));
    }
  }

  /** Time has passed: who has not come back by now has left. */
  void pass(long now) {
    leaving
        .values()
        .removeIf(
            each -> {
              boolean over = now - each.until() >= 0;
              if (over) {
                left.put(each.one().id(), each.one());
              }
              return over;
            });
  }

  /** Nobody comes back any more: who is gone has left. */
  void end() {
    leaving.values().forEach(each -> left.put(each.one().id(), each.one()));
    leaving.clear();
  }

  /** What is to be told next. */
  Batch next(int most, int mostCharacters) {
    List<ActiveSubscription> came = new ArrayList<>();
    List<ActiveSubscription> went = new ArrayList<>();
    int room = take(joined, came, most, mostCharacters);
    if (room > 0) {
      take(left, went, most - came.size(), room);
    }
    return new Batch(List.copyOf(came), List.copyOf(went));
  }

  /** The first of them, one at least; the room that is left. */
  private static int take(
      Map<UUID, ActiveSubscription> from, List<ActiveSubscription> to, int most, int room) {
    int rest = room;
    var each = from.values().iterator();
    while (each.hasNext() && to.size() < most && rest > 0) {
      ActiveSubscription one = each.next();
      each.remove();
      to.add(one);
      rest -= Listed.size(one);
    }
    return rest;
  }
}
