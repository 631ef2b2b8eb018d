package dev.allim.hub;

import dev.allim.hub.spi.Loop;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** An event loop that is a thread of its own. */
final class ThreadLoop implements Loop, AutoCloseable {
  private final ExecutorService executor = Executors.newSingleThreadExecutor(this::thread);
  private volatile Thread thread = Thread.currentThread();

  private Thread thread(Runnable work) {
    thread = new Thread(work, "lane");
    return thread;
  }

  @Override
  public void execute(Runnable task) {
    executor.execute(task);
  }

  @Override
  public void nextRound(Runnable task) {
    execute(task);
  }

  @Override
  public boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  /** Waits until all that was handed over before is done. */
  void awaitIdle() throws Exception {
    executor.submit(() -> {}).get(20, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
