/**
 * Measures the packaged server as its users meet it: as a process, over sockets, from outside.
 *
 * <p>{@link dev.allim.bench.Bench} runs the {@linkplain dev.allim.bench.cases cases}, which start
 * {@linkplain dev.allim.bench.server servers}, put {@linkplain dev.allim.bench.load load} on them,
 * and write what they find into the {@linkplain dev.allim.bench.report report}.
 */
@NullMarked
package dev.allim.bench;

import org.jspecify.annotations.NullMarked;
