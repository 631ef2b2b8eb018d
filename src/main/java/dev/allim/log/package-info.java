/**
 * The log of events: the one order that every subscriber sees. {@link dev.allim.log.EventLog} is
 * all that the hub knows of it; an engine is a package beneath this one and a line in {@link
 * dev.allim.runtime.EventLogs}.
 *
 * <p>Notifications flow in through {@code append}, in groups; they flow out, each with its
 * position, to whoever follows the log, and in pages to whoever reads what is behind. Beside them
 * stand what only some engines can: delayed delivery, truncation, snapshots, notes, a roster.
 *
 * <p>What engines do alike is in {@code log.append} (what becomes of a group), {@code
 * log.retention} (what is kept how long) and {@code log.engine} (who is told), of which the hub
 * knows nothing.
 */
@NullMarked
package dev.allim.log;

import org.jspecify.annotations.NullMarked;
