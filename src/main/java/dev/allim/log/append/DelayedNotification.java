package dev.allim.log.append;

import dev.allim.notification.Notification;
import java.time.Instant;

/**
 * A notification that waits for its time.
 *
 * @param notification what will be delivered
 * @param at when
 */
public record DelayedNotification(Notification notification, Instant at) {}
