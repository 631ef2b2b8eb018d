package dev.allim.hub.spi;

import io.netty.buffer.ByteBufAllocator;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * What the hub gets from outside, so that tests can hold the clock and the threads in their hand.
 *
 * @param encoder how events look on the wire
 * @param listener hears what happens
 * @param allocator where frames live
 * @param nanoTime measures durations
 * @param clock tells when something expires or is due
 * @param jitter spreads moments
 * @param writer runs the one writer, on a thread of its own if the log may block
 * @param readers run what reads the log for readers that are far behind
 * @param onItsWay the memory of what was read for subscribers and is not written to their sockets
 *     yet
 */
public record HubEnvironment(
    FrameEncoder encoder,
    HubListener listener,
    ByteBufAllocator allocator,
    LongSupplier nanoTime,
    Clock clock,
    Jitter jitter,
    Writer writer,
    Executor readers,
    MemoryBudget onItsWay)
    implements Frame.Maker {

  /** Runs the one writer's tasks, one after another. */
  @FunctionalInterface
  public interface Writer extends Executor {
    /**
     * Lets a moment pass, or less if it is {@linkplain #wake woken}, where a commit is dear enough
     * to wait for another publisher; else returns at once. Within a task only.
     */
    default void pause() {}

    /** Ends the pause that is under way or about to begin. Any thread. */
    default void wake() {}
  }
}
