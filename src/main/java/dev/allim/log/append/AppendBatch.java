package dev.allim.log.append;

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
public record AppendBatch(
    List<Notification> notifications,
    List<DelayedNotification> deferred,
    List<EventId> due,
    List<IdempotencyRecord> receipts) {
  /** Copies the lists. */
  public AppendBatch {
    notifications = List.copyOf(notifications);
    deferred = List.copyOf(deferred);
    due = List.copyOf(due);
    receipts = List.copyOf(receipts);
  }

  /** What is delivered now that its time has come. */
  public static AppendBatch due(List<DelayedNotification> due) {
    List<Notification> notifications = due.stream().map(DelayedNotification::notification).toList();
    return new AppendBatch(
        notifications, List.of(), notifications.stream().map(Notification::id).toList(), List.of());
  }

  /** Takes back one that waits. */
  public static AppendBatch cancelled(EventId id) {
    return new AppendBatch(List.of(), List.of(), List.of(id), List.of());
  }

  public boolean isEmpty() {
    return notifications.isEmpty() && deferred.isEmpty() && due.isEmpty() && receipts.isEmpty();
  }
}
