package dev.allim.mercure;

import dev.allim.http.ReservedNames;
import dev.allim.mercure.topic.HubUrl;
import dev.allim.notification.EventName;
import dev.allim.text.InvalidFieldException;
import dev.allim.topic.Topic;
import jakarta.inject.Singleton;

/** What a Mercure hub alone may publish, so that its subscribers can believe it. */
@Singleton
class HubsOwnNames implements ReservedNames {
  /** The name of the events that only the hub publishes. */
  static final EventName TYPE = new EventName("mercure");

  private final boolean isOn;
  private final HubUrl hub;

  HubsOwnNames(MercureConfig config) {
    this.isOn = config.isOn();
    this.hub = HubUrl.of(config.url());
  }

  @Override
  public void requireFree(Topic topic) {
    if (isOn && hub.owns(topic.name())) {
      throw new InvalidFieldException(
          "topic",
          "'%s' leads to the hub itself, where only the hub publishes".formatted(topic.name()));
    }
  }

  @Override
  public void requireFree(EventName event) {
    if (isOn && event.equals(TYPE)) {
      throw new InvalidFieldException(
          "event", "'%s' is the type of the hub's own updates".formatted(event));
    }
  }
}
