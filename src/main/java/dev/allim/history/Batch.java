package dev.allim.history;

import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import java.util.List;

/**
 * What one commit brings.
 *
 * @param notifications to be delivered now, in this order
 * @param deferred to be kept for later
 * @param due ids of deferred ones that are no longer pending, as they are among {@code
 *     notifications} or were cancelled
 * @param receipts what was answered to publishes that carried an idempotency key
 */
public record Batch(
    List<Notification> notifications,
    List<Deferred> deferred,
    List<EventId> due,
    List<Receipt> receipts) {
  /** Copies the lists. */
  public Batch {
    notifications = List.copyOf(notifications);
    deferred = List.copyOf(deferred);
    due = List.copyOf(due);
    receipts = List.copyOf(receipts);
  }

  /** Nothing but notifications to be delivered now. */
  public static Batch of(List<Notification> notifications) {
    return new Batch(notifications, List.of(), List.of(), List.of());
  }
}
