package dev.allim.hub.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;

/**
 * Fills the rings of a hub that has just begun with the newest of its log, beside everything else:
 * until that is done subscribers are served from the log alone.
 */
public final class RingWarmUp {
  private static final Logger LOG = Logger.getLogger(RingWarmUp.class);

  /** What a loop does at once: a millisecond or two while the code is cold. */
  private static final int NOTIFICATIONS_A_TASK = 256;

  private final List<Lane> lanes;

  private RingWarmUp(List<Lane> lanes) {
    this.lanes = lanes;
  }

  /**
   * Begins to fill the rings of {@code lanes}, all of which begin behind {@code head}.
   *
   * @return completes when every lane has been given all it gets, with whether it could be read
   */
  public static CompletableFuture<Boolean> fill(
      LogReads logReads, List<Lane> lanes, long head, Executor readers) {
    RingWarmUp memory = new RingWarmUp(lanes);
    return CompletableFuture.supplyAsync(() -> logReads.tail(head), readers)
        .thenCompose(memory::give)
        .exceptionally(RingWarmUp::failed);
  }

  private static boolean failed(Throwable failure) {
    if (failure.getCause() instanceof RejectedExecutionException) {
      LOG.debug("The hub ended before its rings were filled", failure);
    } else {
      LOG.warn("The newest could not be read; who resumes is served from the history", failure);
    }
    return false;
  }

  /** The newest first, and each part only when the loops had time for others after the last. */
  private CompletableFuture<Boolean> give(RecentTail tail) {
    CompletableFuture<Boolean> given = CompletableFuture.completedFuture(true);
    int to = tail.items().size();
    long upTo = tail.upTo();
    while (to > 0) {
      int from = Math.max(0, to - NOTIFICATIONS_A_TASK);
      long after = from == 0 ? tail.after() : tail.items().get(from - 1).position();
      RecentTail part = new RecentTail(tail.items().subList(from, to), after, upTo);
      given = given.thenCompose(before -> givePart(part));
      upTo = after;
      to = from;
    }
    return given;
  }

  private CompletableFuture<Boolean> givePart(RecentTail part) {
    List<CompletableFuture<Void>> taken = new ArrayList<>();
    for (Lane lane : lanes) {
      part.retain();
      taken.add(CompletableFuture.runAsync(() -> lane.remember(part), lane.loop()));
    }
    part.release();
    return CompletableFuture.allOf(taken.toArray(new CompletableFuture<?>[0]))
        .thenApply(done -> true);
  }
}
