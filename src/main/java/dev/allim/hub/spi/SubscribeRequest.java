package dev.allim.hub.spi;

import dev.allim.topic.TopicFilter;
import java.util.Optional;

/**
 * All that makes a subscription.
 *
 * @param filter what it asks for, of what it may see
 * @param start where it begins
 * @param entitlement by what right, and for how long
 * @param identity who listens, for the line that tells operators of its end; absent if nobody said
 * @param wire writes to its socket; its head is written
 * @param dialect in which it is told of events
 * @param onClosed called once, on the loop, when it is over
 * @param shown what is told of it to who asks who is there; absent for one that nobody is told of
 */
public record SubscribeRequest(
    TopicFilter filter,
    StartAt start,
    Entitlement entitlement,
    Optional<Identity> identity,
    Wire wire,
    Dialect dialect,
    Runnable onClosed,
    Optional<ActiveSubscription> shown) {
  /** By nobody in particular, in the plain dialect, for as long as it wants. */
  public static SubscribeRequest of(
      TopicFilter filter, StartAt start, Wire wire, Runnable onClosed) {
    return new SubscribeRequest(
        filter,
        start,
        Entitlement.FOREVER,
        Optional.empty(),
        wire,
        Dialect.PLAIN,
        onClosed,
        Optional.empty());
  }

  /** The same in another dialect. */
  public SubscribeRequest in(Dialect other) {
    return new SubscribeRequest(filter, start, entitlement, identity, wire, other, onClosed, shown);
  }

  /** The same by that right. */
  public SubscribeRequest by(Entitlement right) {
    return new SubscribeRequest(filter, start, right, identity, wire, dialect, onClosed, shown);
  }

  /** The same by somebody. */
  public SubscribeRequest by(Identity who) {
    return new SubscribeRequest(
        filter, start, entitlement, Optional.of(who), wire, dialect, onClosed, shown);
  }

  /** The same, of which this is told. */
  public SubscribeRequest showing(ActiveSubscription one) {
    return new SubscribeRequest(
        filter, start, entitlement, identity, wire, dialect, onClosed, Optional.of(one));
  }
}
