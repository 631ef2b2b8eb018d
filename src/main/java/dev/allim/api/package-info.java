/**
 * A facade over HTTP: one resource, {@code /events}; GET it to listen, POST to it to publish.
 *
 * <p>Requests become domain values in one place, {@link dev.allim.api.NotificationReader}; whatever
 * is wrong with them becomes an RFC 9457 problem in one other, {@link
 * dev.allim.http.ProblemMapper}. What gets past both is handed to the hub and trusted from there
 * on.
 */
@NullMarked
package dev.allim.api;

import org.jspecify.annotations.NullMarked;
