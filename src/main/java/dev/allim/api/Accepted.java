package dev.allim.api;

import dev.allim.notification.Notification;
import dev.allim.notification.Topic;
import java.util.List;

/**
 * The answer to a publish.
 *
 * @param id by which readers know the notification
 * @param topics what it was published under, the canonical one first
 */
public record Accepted(String id, List<String> topics) {
  static Accepted of(Notification notification) {
    return new Accepted(
        notification.id().value(), notification.topics().stream().map(Topic::name).toList());
  }
}
