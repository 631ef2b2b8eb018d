/**
 * The log of events: the one order that every subscriber sees. {@link dev.allim.history.EventLog}
 * and what it can besides, {@link dev.allim.history.Snapshots}, {@link
 * dev.allim.history.DelayedDelivery} and {@link dev.allim.history.Truncation}, are all that the hub
 * knows of it; the engines differ in what survives: {@link dev.allim.history.MemoryLog} nothing,
 * {@link dev.allim.history.SqliteLog} the end of the program. {@link dev.allim.history.EventLogs}
 * opens the one that is configured.
 *
 * <p>Publications flow in through {@code append}, in groups, and are decided about there; what is
 * new flows out through {@code tail}, in order, and what was through {@code read}.
 */
@NullMarked
package dev.allim.history;

import org.jspecify.annotations.NullMarked;
