/**
 * The servers that are measured, each a process of its own: the packaged hub, a floor in C that
 * does nothing but send, and nchan. {@link dev.allim.bench.server.Usage} reads from {@code /proc}
 * what a process takes.
 */
@NullMarked
package dev.allim.bench.server;

import org.jspecify.annotations.NullMarked;
