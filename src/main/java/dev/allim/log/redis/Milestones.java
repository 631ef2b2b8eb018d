package dev.allim.log.redis;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;

/** How far something has come, and who waits for it to come how far. Any thread. */
final class Milestones {
  private final ConcurrentSkipListMap<Long, CompletableFuture<Void>> waiting =
      new ConcurrentSkipListMap<>();
  private volatile long reached;
  private volatile boolean moving = true;

  /** It has come so far; one thread at a time says so. */
  void reach(long position) {
    reached = position;
    complete(position);
  }

  /** Whether it goes on: nobody waits while it does not. */
  void moves(boolean goesOn) {
    moving = goesOn;
    if (!goesOn) {
      complete(Long.MAX_VALUE);
    }
  }

  private void complete(long upTo) {
    for (Long position : waiting.headMap(upTo, true).keySet()) {
      CompletableFuture<Void> then = waiting.remove(position);
      if (then != null) {
        then.complete(null);
      }
    }
  }

  /** Completes when it has come so far, or does not go on. */
  CompletableFuture<Void> when(long position) {
    if (position <= reached) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> then =
        waiting.computeIfAbsent(position, at -> new CompletableFuture<>());
    if (position <= reached || !moving) {
      complete(position);
    }
    return then;
  }

  /** Waits until it has come so far, for so long at most; whether it has. Not on an event loop. */
  boolean await(long position, Duration patience) {
    RedisFaults.await(when(position), patience);
    return position <= reached;
  }
}
