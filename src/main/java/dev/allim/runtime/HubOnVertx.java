package dev.allim.runtime;

import dev.allim.hub.Admission;
import dev.allim.hub.HubConfig;
import dev.allim.hub.NotificationHub;
import dev.allim.hub.spi.HubEnvironment;
import dev.allim.hub.spi.HubListener;
import dev.allim.hub.spi.Jitter;
import dev.allim.hub.spi.Loop;
import dev.allim.hub.spi.MemoryBudget;
import dev.allim.hub.spi.Scheduler;
import dev.allim.log.LogEngine;
import dev.allim.sse.SseEncoder;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.impl.VertxByteBufAllocator;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/** Puts the hub onto Vert.x: one lane for each of its event loops, and its timers. */
@ApplicationScoped
public class HubOnVertx {
  private final WriterThread writer;
  private final ExecutorService readers = Executors.newFixedThreadPool(4);

  HubOnVertx(HistoryConfig history) {
    writer = new WriterThread(history.pause());
  }

  /** The hub of this program. */
  @Produces
  @Singleton
  NotificationHub hub(
      Vertx vertx,
      HubConfig config,
      LogEngine log,
      Clock clock,
      HubListener listener,
      MemoryBudget onItsWay) {
    HubEnvironment environment =
        new HubEnvironment(
            new SseEncoder(),
            listener,
            VertxByteBufAllocator.POOLED_ALLOCATOR,
            System::nanoTime,
            clock,
            jitter(),
            log.durable() ? writer : Runnable::run,
            readers,
            onItsWay);
    return new NotificationHub(
        config.settings(), log, loops((VertxInternal) vertx), environment, timers(vertx));
  }

  /** What was read of the history and is not written to sockets yet: of streams and of pages. */
  @Produces
  @Singleton
  MemoryBudget onItsWay(HubConfig config) {
    return new MemoryBudget(config.limits().bytesOnTheirWay(), System::nanoTime);
  }

  /** What remembers. */
  @Produces
  @Singleton
  LogEngine log(OpeningLog opening) {
    return opening.take();
  }

  void closeLog(@Disposes LogEngine log) {
    writer.shutdown();
    log.close();
  }

  /** Nobody listens unless something brings a listener of its own. */
  @Produces
  @Singleton
  @DefaultBean
  HubListener listener() {
    return HubListener.NONE;
  }

  /** Who may open a stream. */
  @Produces
  @Singleton
  Admission admission(HubConfig config) {
    return new Admission(
        config.limits().streams(),
        config.limits().streamsPerAddress(),
        config.stream().retry(),
        jitter(),
        System::nanoTime);
  }

  private static Jitter jitter() {
    return new Jitter(new SharedRandom());
  }

  /** Timers for whatever else goes by the hub's time. */
  @Produces
  @Singleton
  Scheduler scheduler(Vertx vertx) {
    return timers(vertx);
  }

  private static Scheduler timers(Vertx vertx) {
    return (period, task) -> {
      long timer = vertx.setPeriodic(period.toMillis(), fired -> task.run());
      return () -> vertx.cancelTimer(timer);
    };
  }

  private List<Loop> loops(VertxInternal vertx) {
    List<Loop> loops = new ArrayList<>();
    for (EventExecutor executor : vertx.getEventLoopGroup()) {
      loops.add(new NettyLoop((SingleThreadEventLoop) executor, writer));
    }
    return loops;
  }

  void stop(@Observes ShutdownEvent event, NotificationHub hub) {
    hub.close();
  }

  private record NettyLoop(SingleThreadEventLoop loop, WriterThread writer) implements Loop {
    @Override
    public void execute(Runnable task) {
      loop.execute(task);
    }

    @Override
    public boolean isCurrent() {
      return loop.inEventLoop();
    }

    /** A task that puts itself back into the queue would run many times before connections do. */
    @Override
    public void nextRound(Runnable task) {
      loop.executeAfterEventLoopIteration(() -> giveWay(task));
    }

    /**
     * A writer that has the disk's answer is not kept waiting by the fan-out of what came before.
     * For nobody else: who yields is put far back, and subscribers would wait longer.
     */
    @SuppressWarnings("ThreadPriorityCheck") // a courtesy: nothing but time depends on it
    private void giveWay(Runnable task) {
      if (writer.isBusy()) {
        Thread.yield();
      }
      loop.execute(task);
    }
  }

  /** Each thread's own generator. */
  private static final class SharedRandom implements java.util.random.RandomGenerator {
    @Override
    public long nextLong() {
      return ThreadLocalRandom.current().nextLong();
    }
  }
}
