/**
 * The load generator: one thread and one selector for all readers and publishers, so that it takes
 * little of the machine that it shares with what it measures. Nothing here is safe for a second
 * thread.
 *
 * <p>{@link dev.allim.bench.load.Network} turns the selector; a {@link
 * dev.allim.bench.load.Connection} is a {@link dev.allim.bench.load.Reader} or a {@link
 * dev.allim.bench.load.Publisher}; every event carries a numbered {@linkplain
 * dev.allim.bench.load.Marks mark}, by which the {@link dev.allim.bench.load.Tally} counts each
 * delivery and knows how long it took. {@link dev.allim.bench.load.Load} puts them together.
 */
@NullMarked
package dev.allim.bench.load;

import org.jspecify.annotations.NullMarked;
