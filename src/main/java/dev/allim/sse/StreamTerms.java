package dev.allim.sse;

import dev.allim.hub.spi.ActiveSubscription;
import dev.allim.hub.spi.Dialect;
import dev.allim.hub.spi.Entitlement;
import dev.allim.hub.spi.Identity;
import dev.allim.hub.spi.StartAt;
import dev.allim.topic.TopicFilter;
import java.util.List;
import java.util.Optional;

/**
 * What a stream is asked for, and for how long it may last.
 *
 * @param filter what its subscriber asks for, of what it may see
 * @param dialect in which it is told of events
 * @param start where it begins
 * @param entitlement by what right its subscriber listens, and for how long
 * @param identity whose it is, if that is known
 * @param asked what is told of it in the words of its protocol, see {@link
 *     ActiveSubscription#asked}
 */
public record StreamTerms(
    TopicFilter filter,
    Dialect dialect,
    StartAt start,
    Entitlement entitlement,
    Optional<Identity> identity,
    List<ActiveSubscription.Asked> asked) {
  /** Of a protocol that tells who is there in no words of its own. */
  public StreamTerms(
      TopicFilter filter,
      Dialect dialect,
      StartAt start,
      Entitlement entitlement,
      Optional<Identity> identity) {
    this(filter, dialect, start, entitlement, identity, List.of());
  }

  /** The same from another place. */
  public StreamTerms from(StartAt other) {
    return new StreamTerms(filter, dialect, other, entitlement, identity, asked);
  }
}
