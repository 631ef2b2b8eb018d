package dev.allim.log;

import dev.allim.notification.Key;
import dev.allim.notification.Notification;
import dev.allim.topic.Topic;
import java.util.Optional;

/**
 * What replaces each other: of all notifications that have it in common, the newest is the current
 * state.
 *
 * @param topic the canonical topic
 * @param key the key, absent for what has none
 */
public record StateKey(Topic topic, Optional<Key> key) {
  /** What a notification replaces. */
  public static StateKey of(Notification notification) {
    return new StateKey(notification.canonicalTopic(), notification.key());
  }
}
