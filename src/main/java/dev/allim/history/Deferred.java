package dev.allim.history;

import dev.allim.notification.Notification;
import java.time.Instant;

/**
 * A notification that waits for its time.
 *
 * @param notification what will be delivered
 * @param at when
 */
record Deferred(Notification notification, Instant at) {}
