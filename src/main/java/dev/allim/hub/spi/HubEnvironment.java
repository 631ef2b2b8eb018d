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
 * @param writer runs the one writer; a thread of its own if the log may block
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
    Executor writer,
    Executor readers,
    MemoryBudget onItsWay)
    implements Frame.Maker {}
