package dev.allim.hub;

import dev.allim.hub.Replays.Tail;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/**
 * Fills the rings of a hub that has just begun with the newest of its log, beside everything else:
 * until that is done readers are served from the log alone.
 */
final class Memory {
  private static final Logger LOG = Logger.getLogger(Memory.class);

  /** What a loop does at once: a few milliseconds. */
  private static final int NOTIFICATIONS_A_TASK = 1024;

  private final Replays replays;
  private final List<Lane> lanes;
  private final long head;

  private Memory(Replays replays, List<Lane> lanes, long head) {
    this.replays = replays;
    this.lanes = lanes;
    this.head = head;
  }

  /**
   * Begins to fill the rings of {@code lanes}, all of which begin behind {@code head}.
   *
   * @return completes when every lane has been given all it gets, with whether it could be read
   */
  static CompletableFuture<Boolean> fill(
      Replays replays, List<Lane> lanes, long head, HubEnvironment environment) {
    Memory memory = new Memory(replays, lanes, head);
    return CompletableFuture.supplyAsync(memory::fill, environment.readers());
  }

  private boolean fill() {
    try {
      replays.rehearse();
      Tail tail = replays.tail(head);
      newestFirst(tail);
      tail.release();
      return true;
    } catch (RuntimeException failure) {
      LOG.warn("The newest could not be read; who resumes is served from the history", failure);
      return false;
    }
  }

  private void newestFirst(Tail tail) {
    int to = tail.items().size();
    long upTo = tail.upTo();
    while (to > 0) {
      int from = Math.max(0, to - NOTIFICATIONS_A_TASK);
      long after = from == 0 ? tail.after() : tail.items().get(from - 1).position();
      give(new Tail(tail.items().subList(from, to), after, upTo));
      upTo = after;
      to = from;
    }
  }

  private void give(Tail part) {
    for (Lane lane : lanes) {
      part.retain();
      lane.loop().execute(() -> lane.remember(part));
    }
  }
}
