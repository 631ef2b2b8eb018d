/**
 * The log of events: the one order that every subscriber sees. {@link dev.allim.history.EventLog}
 * is all that the hub knows of it; the engines differ in what survives.
 *
 * <p>Notifications flow in through {@code append}, in batches, from one writer; positions flow out.
 */
@NullMarked
package dev.allim.history;

import org.jspecify.annotations.NullMarked;
