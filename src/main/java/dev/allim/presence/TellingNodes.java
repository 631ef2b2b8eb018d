package dev.allim.presence;

import dev.allim.hub.spi.ActiveSubscription;
import dev.allim.log.LogUnavailableException;
import dev.allim.log.SharedRoster;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Tells the other nodes who listens here: what has changed since the second before, and everything
 * where that was lost. Event loops only note who comes and goes.
 */
final class TellingNodes implements ActiveSubscription.Watcher {
  private static final Logger LOG = Logger.getLogger(TellingNodes.class);
  private static final int A_PAGE = 500;

  /** What others are to hear afterwards does not wait longer for nodes that cannot be told. */
  private static final int MOST_WAITING = 10_000;

  private final SharedRoster roster;
  private final String self;
  private final Pages here;
  private final Function<ActiveSubscription, String> text;
  private final OneAtATime tasks;
  private final Queue<Change> changes = new ConcurrentLinkedQueue<>();
  private final List<ActiveSubscription.Watcher> afterwards;

  // what follows belongs to the tasks
  private final Queue<Change> waiting = new ArrayDeque<>();
  private boolean isKnown = true;
  private boolean ended;

  /** Reads who is here, in the order of their ids; may wait. */
  @FunctionalInterface
  interface Pages {
    /** At most so many behind this id; fewer if there are no more. */
    List<ActiveSubscription> page(Optional<UUID> after, int most);
  }

  private record Change(ActiveSubscription one, boolean isHere) {
    void tell(ActiveSubscription.Watcher watcher) {
      if (isHere) {
        watcher.joined(one);
      } else {
        watcher.left(one);
      }
    }
  }

  /**
   * Tells of nobody yet.
   *
   * @param self names this run of the program, as no other is named
   * @param here all who are there
   * @param text what is said of each
   * @param afterwards hear of each what the other nodes know already, so that whoever hears it of
   *     them finds it in every list; on other threads than event loops, in order
   */
  TellingNodes(
      SharedRoster roster,
      String self,
      Pages here,
      Function<ActiveSubscription, String> text,
      Executor threads,
      List<? extends ActiveSubscription.Watcher> afterwards) {
    this.roster = roster;
    this.self = self;
    this.here = here;
    this.text = text;
    this.tasks = new OneAtATime(threads);
    this.afterwards = List.copyOf(afterwards);
  }

  @Override
  public void joined(ActiveSubscription one) {
    changes.add(new Change(one, true));
  }

  @Override
  public void left(ActiveSubscription one) {
    changes.add(new Change(one, false));
  }

  /** Once a second, on any thread; does not block. */
  void tick() {
    tasks.execute(() -> guarded(this::tell));
  }

  /**
   * The program ends: nobody is here any more. Does not block; completes when all has been handed
   * on.
   */
  CompletionStage<Void> end() {
    CompletableFuture<Void> over = new CompletableFuture<>();
    tasks.execute(
        () -> {
          ended = true;
          collect();
          handOn();
          guarded(() -> roster.forget(self));
          over.complete(null);
        });
    return over;
  }

  private void guarded(Runnable telling) {
    try {
      telling.run();
    } catch (LogUnavailableException unavailable) {
      isKnown = false;
      LOG.debugf("The other nodes could not be told who is here: %s", unavailable.getMessage());
    }
  }

  private void tell() {
    if (ended) {
      return;
    }
    Map<UUID, Change> last = collect();
    if (waiting.size() > MOST_WAITING) {
      handOn();
    }
    if (!isKnown) {
      tellAll(); // of which whoever has come or gone since is told the next time
    } else {
      tell(last.values());
    }
    if (isKnown) {
      handOn();
    }
  }

  /** What has happened since, the last of each. */
  private Map<UUID, Change> collect() {
    Map<UUID, Change> last = new LinkedHashMap<>();
    for (Change change = changes.poll(); change != null; change = changes.poll()) {
      last.put(change.one().id(), change);
      if (!afterwards.isEmpty()) {
        waiting.add(change);
      }
    }
    return last;
  }

  private void handOn() {
    for (Change change = waiting.poll(); change != null; change = waiting.poll()) {
      afterwards.forEach(change::tell);
    }
  }

  private void tell(Iterable<Change> all) {
    List<String> gone = new ArrayList<>();
    List<SharedRoster.Entry> present = new ArrayList<>();
    for (Change change : all) {
      if (change.isHere()) {
        present.add(entry(change.one()));
      } else {
        gone.add(change.one().id().toString());
      }
    }
    isKnown = roster.tell(self, gone, present);
  }

  private SharedRoster.Entry entry(ActiveSubscription one) {
    return new SharedRoster.Entry(one.id().toString(), text.apply(one));
  }

  private void tellAll() {
    roster.forget(self);
    isKnown = roster.tell(self, List.of(), List.of());
    Optional<UUID> after = Optional.empty();
    List<ActiveSubscription> page;
    do {
      page = here.page(after, A_PAGE);
      isKnown &= roster.tell(self, List.of(), page.stream().map(this::entry).toList());
      after = page.isEmpty() ? after : Optional.of(page.get(page.size() - 1).id());
    } while (page.size() == A_PAGE);
  }
}
