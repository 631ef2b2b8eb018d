package dev.allim.hub;

import dev.allim.history.Batch;
import dev.allim.history.EventLog;
import dev.allim.notification.Notification;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The one writer. Whatever publications have queued become one append to the log (group commit);
 * then they are handed on in the log's order, and only then are their publishers answered.
 *
 * <p>Whoever submits to an idle sequencer starts the drain, on the executor given: on its own
 * thread for a log in memory, on a writer thread for one that waits for a disk. There is never more
 * than one drain at a time.
 */
final class Sequencer {
  /** Bounds the memory and the time of one commit. */
  private static final int NOTIFICATIONS_A_COMMIT = 4096;

  private final EventLog log;
  private final Executor writer;
  private final Consumer<List<Published>> next;
  private final Queue<Publication> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger work = new AtomicInteger();
  private final AtomicInteger waiting = new AtomicInteger();

  Sequencer(EventLog log, Executor writer, Consumer<List<Published>> next) {
    this.log = log;
    this.writer = writer;
    this.next = next;
  }

  /** What one publisher handed in: it is accepted or refused as a whole. */
  private record Publication(
      List<Notification> notifications, List<Frame> frames, CompletableFuture<Void> accepted) {}

  /**
   * Queues a publication; owns the frames' first references from here on.
   *
   * @return completes when the log has it and every lane has been offered it, fails if the log
   *     refuses
   */
  CompletableFuture<Void> submit(List<Notification> notifications, List<Frame> frames) {
    Publication publication = new Publication(notifications, frames, new CompletableFuture<>());
    waiting.addAndGet(notifications.size());
    queue.add(publication);
    if (work.getAndIncrement() == 0) {
      writer.execute(this::drain);
    }
    return publication.accepted();
  }

  /** Notifications that are not in the log yet. Any thread. */
  int backlog() {
    return waiting.get();
  }

  private void drain() {
    int seen = work.get();
    do {
      commitQueued();
      seen = work.addAndGet(-seen);
    } while (seen != 0);
  }

  private void commitQueued() {
    List<Publication> group = new ArrayList<>();
    for (Publication next = queue.poll(); next != null; next = queue.poll()) {
      group.add(next);
      if (size(group) >= NOTIFICATIONS_A_COMMIT) {
        commit(group);
        group = new ArrayList<>();
      }
    }
    if (!group.isEmpty()) {
      commit(group);
    }
  }

  private static int size(List<Publication> group) {
    return group.stream().mapToInt(publication -> publication.notifications().size()).sum();
  }

  private void commit(List<Publication> group) {
    List<Notification> batch = new ArrayList<>();
    group.forEach(publication -> batch.addAll(publication.notifications()));
    waiting.addAndGet(-batch.size());
    try {
      next.accept(inOrder(group, log.append(Batch.of(batch))));
    } catch (RuntimeException refusal) {
      group.forEach(publication -> refuse(publication, refusal));
      return;
    }
    group.forEach(publication -> publication.accepted().complete(null));
  }

  private static List<Published> inOrder(List<Publication> group, long[] positions) {
    List<Published> published = new ArrayList<>(positions.length);
    for (Publication publication : group) {
      for (int i = 0; i < publication.frames().size(); i++) {
        published.add(
            Published.at(
                positions[published.size()],
                publication.notifications().get(i),
                publication.frames().get(i)));
      }
    }
    return published;
  }

  private static void refuse(Publication publication, RuntimeException refusal) {
    publication.frames().forEach(Frame::release);
    publication.accepted().completeExceptionally(refusal);
  }
}
