package dev.allim.sse;

import dev.allim.hub.spi.Dialect;
import dev.allim.hub.spi.Entitlement;
import dev.allim.hub.spi.Identity;
import dev.allim.hub.spi.StartAt;
import dev.allim.topic.TopicFilter;
import java.util.Optional;

/**
 * What a stream is asked for, and for how long it may last.
 *
 * @param filter what its reader asks for, of what it may see
 * @param dialect in which it is told of events
 * @param start where it begins
 * @param entitlement by what right its reader listens, and for how long
 * @param identity whose it is, if that is known
 */
public record StreamTerms(
    TopicFilter filter,
    Dialect dialect,
    StartAt start,
    Entitlement entitlement,
    Optional<Identity> identity) {
  StreamTerms from(StartAt other) {
    return new StreamTerms(filter, dialect, other, entitlement, identity);
  }
}
