/**
 * The log of events: the one order that every subscriber sees. {@link dev.allim.log.EventLog} is
 * all that the hub knows of it; an engine is a package beneath this one and a line in {@link
 * dev.allim.runtime.EventLogs}.
 *
 * <p>Notifications flow in through {@code append}, in groups; they flow out, each with its
 * position, to whoever follows the log, and in pages to whoever reads what is behind.
 */
@NullMarked
package dev.allim.log;

import org.jspecify.annotations.NullMarked;
