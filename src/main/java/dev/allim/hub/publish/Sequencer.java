package dev.allim.hub.publish;

import dev.allim.hub.spi.HubEnvironment;
import dev.allim.hub.spi.Publication;
import dev.allim.hub.spi.PublishRefusedException;
import dev.allim.hub.spi.PublishResult;
import dev.allim.log.AppendResult;
import dev.allim.log.EventLog;
import dev.allim.log.LogUnavailableException;
import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The one writer. Whatever has queued becomes one append to the log (group commit); then it is
 * handed on in the log's order, and only then are the publishers answered.
 *
 * <p>Whoever submits to an idle sequencer starts the drain, on the executor given: on its own
 * thread for a log in memory, on a writer thread for one that waits for a disk. There is never more
 * than one drain at a time.
 */
public final class Sequencer {
  private static final Logger LOG = Logger.getLogger(Sequencer.class);

  /** Bounds the memory and the time of one commit. */
  private static final int ENTRIES_A_COMMIT = 4096;

  private final EventLog log;
  private final HubEnvironment environment;
  private final InFlight inFlight;
  private final LogFollower follower;
  private final DelayedCommands delayed;
  private final DeliveryWatermark watermark;
  private final Executor writer;
  private final NextDue nextDue;
  private final boolean logKeepsIds;
  private final CommandQueue queue;
  private final AtomicInteger work = new AtomicInteger();
  private volatile boolean available = true;
  // whoever drains
  private int seen;

  public Sequencer(
      EventLog log,
      HubEnvironment environment,
      InFlight inFlight,
      LogFollower follower,
      DeliveryWatermark watermark) {
    this.log = log;
    this.environment = environment;
    this.writer = environment.writer();
    this.queue = new CommandQueue(environment.writer());
    this.inFlight = inFlight;
    this.follower = follower;
    this.delayed = new DelayedCommands(log, environment.clock());
    this.watermark = watermark;
    this.nextDue = new NextDue(log, environment.clock());
    this.logKeepsIds = log.keepsIds();
  }

  /**
   * Queues a publication.
   *
   * @return its result, once the log has them and every lane has been offered them; fails with
   *     {@link PublishRefusedException}, or with what the log says if it cannot be written
   */
  public CompletableFuture<PublishResult> submit(Publication publication) {
    Command.Publish publish = Command.Publish.of(publication, environment, logKeepsIds);
    enqueue(publish);
    return publish.answer();
  }

  /** To be called some times a second, from any thread: delivers what has come due. */
  public void deliverDue() {
    if (nextDue.isDue()) {
      submitDue();
    }
  }

  private void submitDue() {
    enqueue(new Command.DeliverDue());
  }

  /** Takes back a notification that waits for its time. Completes with whether there was one. */
  public CompletableFuture<Boolean> cancel(EventId id, Predicate<Notification> allowed) {
    Command.Cancel cancel = new Command.Cancel(id, allowed, new CompletableFuture<>());
    enqueue(cancel);
    return cancel.answer();
  }

  private void enqueue(Command command) {
    queue.add(command);
    if (work.getAndIncrement() == 0) {
      writer.execute(this::drain);
    }
  }

  /** Notifications that are not in the log yet. Any thread. */
  public int backlog() {
    return queue.notifications();
  }

  /** Whether the last append was kept. Any thread. */
  public boolean available() {
    return available;
  }

  /**
   * To be called about once a second, from any thread: while the log cannot be written, looks
   * whether it can again, so that this is known before somebody publishes.
   */
  public void lookAfterLog() {
    if (!available || follower.isBehind()) {
      writer.execute(this::probe);
    }
  }

  // ---- one thread at a time

  private void probe() {
    if (isWritable()) {
      nowAvailable();
      lookAhead();
    }
  }

  /** Those who follow the log hear up to where it goes, and read what they missed. */
  private boolean isWritable() {
    try {
      log.probe();
      return true;
    } catch (RuntimeException | Error still) {
      LOG.debug("The log cannot be written yet", still);
      return false;
    }
  }

  private void drain() {
    seen = work.get();
    goOn();
  }

  /** One commit after another, until nothing has queued; one that the log is at is waited for. */
  private void goOn() {
    do {
      for (Command first = queue.take(); first != null; first = queue.take()) {
        CompletableFuture<Void> done = carryOutGuarded(first);
        if (!done.isDone()) {
          done.thenRun(() -> writer.execute(this::goOn));
          return;
        }
      }
      seen = work.addAndGet(-seen);
    } while (seen != 0);
  }

  /** Whatever a command meets, those behind it have their turn. */
  private CompletableFuture<Void> carryOutGuarded(Command command) {
    try {
      return carryOut(command);
    } catch (RuntimeException | Error fault) {
      LOG.error("A command met a fault; the next one has its turn", fault);
      command.fail(fault);
      return CompletableFuture.completedFuture(null);
    }
  }

  /** Completes, never with a failure, when that is done and whoever asked for it was told. */
  private CompletableFuture<Void> carryOut(Command command) {
    if (command instanceof Command.Publish publish) {
      GroupCommit group = new GroupCommit(log, inFlight, publish);
      return settle(() -> append(group), results -> appended(group, results), group::fail);
    }
    if (command instanceof Command.Cancel cancel) {
      return settle(() -> delayed.cancel(cancel), found -> cancelled(cancel, found), cancel::fail);
    }
    return settle(delayed::deliverDue, count -> lookAhead(), command::fail);
  }

  private CompletionStage<List<AppendResult>> append(GroupCommit group) {
    while (group.size() < ENTRIES_A_COMMIT && queue.peek() instanceof Command.Publish more) {
      group.add(more);
      queue.remove();
    }
    return group.append();
  }

  /** Whatever goes wrong, the next has its turn. */
  private <T> CompletableFuture<Void> settle(
      Supplier<CompletionStage<T>> task, Consumer<T> then, Consumer<Throwable> otherwise) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    begun(task)
        .whenComplete(
            (result, failure) -> {
              try {
                if (failure == null) {
                  then.accept(result);
                  recovered();
                } else {
                  otherwise.accept(cause(failure));
                  failed(failure);
                }
              } catch (RuntimeException | Error fault) {
                LOG.error("Telling what became of a commit met a fault; the next goes on", fault);
              } finally {
                done.complete(null);
              }
            });
    return done;
  }

  private static <T> CompletionStage<T> begun(Supplier<CompletionStage<T>> task) {
    try {
      return task.get();
    } catch (RuntimeException | Error failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  private void appended(GroupCommit group, List<AppendResult> results) {
    group.answer(results, watermark);
    if (group.delays()) {
      lookAhead();
    }
  }

  private void cancelled(Command.Cancel cancel, boolean found) {
    cancel.answer().complete(found);
    if (found) {
      lookAhead();
    }
  }

  /** Something waits for its time, or does no longer. */
  private void lookAhead() {
    try {
      nextDue.refresh();
    } catch (RuntimeException | Error unreadable) {
      LOG.debug("When the next is due will be known after the next commit", unreadable);
    }
    if (nextDue.isDue()) {
      submitDue();
    }
  }

  /** After an outage: what turned out to be kept is handed on, though nothing newer came. */
  private void recovered() {
    if (!available && isWritable()) {
      nowAvailable();
    }
  }

  private void failed(Throwable failure) {
    if (available) {
      tell(cause(failure));
    }
    available = false;
  }

  /** What the log says of itself is for an operator; anything else is a fault. */
  private static void tell(Throwable failure) {
    String words = "The log cannot be written: publishers are answered 503 until it can.";
    if (failure instanceof LogUnavailableException) {
      LOG.errorf("%s %s", words, failure.getMessage());
      LOG.debug("How the log failed", failure);
    } else {
      LOG.error(words, failure);
    }
  }

  private void nowAvailable() {
    if (!available) {
      LOG.info("The log can be written again; publishing goes on");
    }
    available = true;
  }
}
