package dev.allim.hub;

import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import dev.allim.notification.Topic;
import java.util.List;

/**
 * A notification in its place: what a lane needs to route and replay it.
 *
 * @param position its place in the hub's order
 * @param id its id
 * @param topics what it was published under
 * @param frame its bytes
 */
record Published(long position, EventId id, List<Topic> topics, Frame frame) {
  static Published at(long position, Notification notification, Frame frame) {
    return new Published(position, notification.id(), notification.topics(), frame);
  }
}
