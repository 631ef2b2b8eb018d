package dev.allim.hub.spi;

import dev.allim.notification.Notification;
import java.time.Instant;

/**
 * Something that was published and is kept.
 *
 * @param notification what
 * @param published when
 */
public record PastNotification(Notification notification, Instant published) {}
