package dev.allim.hub;

import dev.allim.history.EventLog;
import dev.allim.notification.EventId;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The one writer. Whatever has queued becomes one append to the log (group commit); then it is
 * handed on in the log's order, and only then are the publishers answered.
 *
 * <p>Whoever submits to an idle sequencer starts the drain, on the executor given: on its own
 * thread for a log in memory, on a writer thread for one that waits for a disk. There is never more
 * than one drain at a time.
 */
final class Sequencer {
  private static final Logger LOG = Logger.getLogger(Sequencer.class);

  /** Bounds the memory and the time of one commit. */
  private static final int ENTRIES_A_COMMIT = 4096;

  private final EventLog log;
  private final HubEnvironment environment;
  private final Handover handover;
  private final Passages passages;
  private final Executor writer;
  private final Timetable timetable;
  private final Queue<Submission> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger work = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile boolean available = true;

  Sequencer(
      EventLog log, HubEnvironment environment, Consumer<List<Published>> next, Passages passages) {
    this.log = log;
    this.environment = environment;
    this.writer = environment.writer();
    this.handover = new Handover(log, environment, next);
    this.passages = passages;
    this.timetable = new Timetable(log, environment.clock());
  }

  /**
   * Queues a publication.
   *
   * @return its acceptance, once the log has them and every lane has been offered them; fails with
   *     {@link PublishRefusedException}, or with what the log says if it cannot be written
   */
  CompletableFuture<Acceptance> submit(Publication publication) {
    Submission submission = Submission.of(publication, environment);
    enqueue(submission);
    return submission.answer();
  }

  /** To be called some times a second, from any thread: delivers what has come due. */
  void deliverDue() {
    if (timetable.isDue()) {
      submitDue();
    }
  }

  private void submitDue() {
    enqueue(Submission.due());
  }

  /** Takes back a notification that waits for its time. Completes with whether there was one. */
  CompletableFuture<Boolean> cancel(EventId id) {
    Submission submission = Submission.cancel(id);
    enqueue(submission);
    return submission.answer().thenApply(cancelled -> !cancelled.ids().isEmpty());
  }

  private void enqueue(Submission submission) {
    waiting.addAndGet(submission.size());
    queue.add(submission);
    if (work.getAndIncrement() == 0) {
      writer.execute(this::drain);
    }
  }

  /** Notifications that are not in the log yet. Any thread. */
  int backlog() {
    return waiting.get();
  }

  /** Whether the last append was kept. Any thread. */
  boolean available() {
    return available;
  }

  /**
   * To be called about once a second, from any thread: while the log cannot be written, looks
   * whether it can again, so that this is known before somebody publishes.
   */
  void lookAfterLog() {
    if (!available) {
      writer.execute(this::probe);
    }
  }

  // ---- one thread at a time

  private void probe() {
    boolean writable = isWritable();
    // what can be read is handed on, whether or not the log can be written
    boolean complete = handover.catchUp();
    if (writable && complete) {
      recovered();
      lookAhead();
    }
  }

  private boolean isWritable() {
    try {
      log.probe();
      return true;
    } catch (RuntimeException still) {
      LOG.debug("The log cannot be written yet", still);
      return false;
    }
  }

  private void drain() {
    int seen = work.get();
    do {
      commitQueued();
      seen = work.addAndGet(-seen);
    } while (seen != 0);
  }

  private void commitQueued() {
    for (Submission first = queue.poll(); first != null; first = queue.poll()) {
      Commit commit = new Commit(log, environment);
      collect(commit, first);
      for (Submission more; commit.size() < ENTRIES_A_COMMIT && (more = queue.poll()) != null; ) {
        collect(commit, more);
      }
      keep(commit);
    }
  }

  private void collect(Commit commit, Submission submission) {
    waiting.addAndGet(-submission.size());
    try {
      commit.add(submission);
    } catch (RuntimeException | Error refusal) {
      submission.refuse(refusal);
    }
  }

  private void keep(Commit commit) {
    List<Published> published;
    try {
      published = commit.append();
    } catch (RuntimeException | Error failure) {
      commit.refuse(failure);
      failed(failure);
      return;
    }
    handOn(commit, published);
    commit.answer();
    if (commit.changesTimetable()) {
      lookAhead();
    }
  }

  /** Whatever goes wrong here, the publishers are answered and the next ones have their turn. */
  private void handOn(Commit commit, List<Published> published) {
    try {
      commit.passages().forEach(passage -> passages.follow(published, passage));
      if (handover.handOn(published) && commit.wasWritten()) {
        recovered();
      }
    } catch (RuntimeException fault) {
      LOG.error("Handing on what is kept met a fault; publishing goes on", fault);
    }
  }

  private void lookAhead() {
    try {
      timetable.refresh();
    } catch (RuntimeException unreadable) {
      LOG.debug("When the next is due will be known after the next commit", unreadable);
    }
    if (timetable.isDue()) {
      submitDue();
    }
  }

  private void recovered() {
    if (!available) {
      handover.settle();
      available = true;
      LOG.info("The log can be written again; publishing goes on");
    }
  }

  /** What one publisher did wrong says nothing about the log. */
  private void failed(Throwable failure) {
    if (failure instanceof IllegalArgumentException) {
      return;
    }
    if (available) {
      LOG.errorf(failure, "The log cannot be written: publishers are answered 503 until it can");
    }
    available = false;
    handover.doubt();
  }
}
