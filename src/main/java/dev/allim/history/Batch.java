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
record Batch(
    List<Notification> notifications,
    List<Deferred> deferred,
    List<EventId> due,
    List<Receipt> receipts) {
  /** Copies the lists. */
  Batch {
    notifications = List.copyOf(notifications);
    deferred = List.copyOf(deferred);
    due = List.copyOf(due);
    receipts = List.copyOf(receipts);
  }

  /** What is delivered now that its time has come. */
  static Batch due(List<Deferred> due) {
    List<Notification> notifications = due.stream().map(Deferred::notification).toList();
    return new Batch(
        notifications, List.of(), notifications.stream().map(Notification::id).toList(), List.of());
  }

  /** Takes back one that waits. */
  static Batch cancelled(EventId id) {
    return new Batch(List.of(), List.of(), List.of(id), List.of());
  }

  boolean isEmpty() {
    return notifications.isEmpty() && deferred.isEmpty() && due.isEmpty() && receipts.isEmpty();
  }
}
