package dev.allim.http;

import dev.allim.notification.EventName;
import dev.allim.text.InvalidFieldException;
import dev.allim.topic.Topic;

/**
 * Names that one facade keeps for what the hub itself has to say by it, so that nobody pretends to
 * be the hub through another door. Any thread; asked for each notification.
 */
public interface ReservedNames {
  /**
   * A topic under which somebody wants to publish.
   *
   * @throws InvalidFieldException in the name of {@code topic} if only the hub does so
   */
  void requireFree(Topic topic);

  /**
   * A name by which somebody wants to publish.
   *
   * @throws InvalidFieldException in the name of {@code event} if only the hub does so
   */
  void requireFree(EventName event);
}
