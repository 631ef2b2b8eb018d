/**
 * The composition root: opens the log that is configured, puts the hub onto Vert.x' event loops
 * with its threads and timers, and warms the program up before its port opens. Of what it puts
 * together nothing depends on it.
 */
@NullMarked
package dev.allim.runtime;

import org.jspecify.annotations.NullMarked;
