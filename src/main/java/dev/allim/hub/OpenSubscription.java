package dev.allim.hub;

import dev.allim.hub.fanout.Subscription;
import dev.allim.hub.lane.Lane;

/** What a connection may say to its subscription. On the lane's loop only. */
public final class OpenSubscription {
  private final Lane lane;
  private final Subscription subscription;

  OpenSubscription(Lane lane, Subscription subscription) {
    this.lane = lane;
    this.subscription = subscription;
  }

  /** The socket has room again. */
  public void writable() {
    lane.writable(subscription);
  }

  /** The subscriber is gone. Calling it again changes nothing. */
  public void leave() {
    lane.leave(subscription);
  }
}
