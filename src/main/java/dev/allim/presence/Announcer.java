package dev.allim.presence;

import dev.allim.hub.spi.ActiveSubscription;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Tells who comes and goes. One batch is on its way at a time, and what happens meanwhile is told
 * with the next: ten thousand that leave at once are some forty notifications, one after another.
 * What could not be told is told later. Any thread.
 */
final class Announcer implements ActiveSubscription.Watcher {
  private static final Logger LOG = Logger.getLogger(Announcer.class);
  private static final int MOST = 256;
  private static final int MOST_CHARACTERS = 1 << 16;

  private final OneAtATime tasks;
  private final LongSupplier nanoTime;
  private final Function<Batch, CompletionStage<?>> tell;

  // what follows belongs to the tasks
  private final Attendance attendance;
  private boolean telling;
  private Optional<Batch> untold = Optional.empty();
  private Optional<CompletableFuture<Void>> end = Optional.empty();

  /**
   * Of an empty hub.
   *
   * @param attendance who is there, which is nobody yet; belongs to this one from now on
   * @param tell publishes; may fail, in either way
   */
  Announcer(
      Attendance attendance,
      Executor threads,
      LongSupplier nanoTime,
      Function<Batch, CompletionStage<?>> tell) {
    this.attendance = attendance;
    this.tasks = new OneAtATime(threads);
    this.nanoTime = nanoTime;
    this.tell = tell;
  }

  @Override
  public void joined(ActiveSubscription one) {
    tasks.execute(
        () -> {
          attendance.joined(one);
          tellMore();
        });
  }

  @Override
  public void left(ActiveSubscription one) {
    long now = nanoTime.getAsLong();
    tasks.execute(() -> attendance.left(one, now));
  }

  /** Once a second or so: tells who has not come back, and what could not be told before. */
  void tick() {
    tasks.execute(
        () -> {
          attendance.pass(nanoTime.getAsLong());
          tellMore();
        });
  }

  /** Nobody comes back here any more. Completes when all is told that can be. */
  CompletionStage<Void> end() {
    CompletableFuture<Void> told = new CompletableFuture<>();
    tasks.execute(
        () -> {
          end = Optional.of(told);
          attendance.end();
          tellMore();
        });
    return told;
  }

  private void tellMore() {
    if (telling) {
      return;
    }
    Batch next = untold.orElseGet(() -> attendance.next(MOST, MOST_CHARACTERS));
    if (next.isEmpty()) {
      end.ifPresent(over -> over.complete(null));
    } else {
      telling = true;
      untold = Optional.of(next);
      tell(next).whenComplete((done, failure) -> tasks.execute(() -> told(failure == null)));
    }
  }

  private CompletionStage<?> tell(Batch batch) {
    try {
      return tell.apply(batch);
    } catch (RuntimeException refused) {
      return CompletableFuture.failedFuture(refused);
    }
  }

  private void told(boolean done) {
    telling = false;
    if (done) {
      untold = Optional.empty();
      tellMore();
    } else {
      // with the next tick
      LOG.debug("Who came and left could not be published; it is tried again");
      end.ifPresent(over -> over.complete(null));
    }
  }
}
