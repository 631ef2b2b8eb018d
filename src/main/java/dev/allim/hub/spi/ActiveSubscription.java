package dev.allim.hub.spi;

import dev.allim.topic.TopicFilter;
import dev.allim.topic.TopicMatcher;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What is told of a subscription to whoever may ask who is there. Immutable.
 *
 * @param id random, nobody else's at the same time; the same for as long as the stream lasts
 * @param filter what it asks for
 * @param since when it began
 * @param identity whose it is, if that is known
 * @param address where it comes from, as streams are counted
 * @param asked what it asks for in the words of its protocol, if that tells who is there in those
 */
public record ActiveSubscription(
    UUID id,
    TopicFilter filter,
    Instant since,
    Optional<Identity> identity,
    String address,
    List<Asked> asked) {
  /** By id, in the order of its text; {@link UUID#compareTo} has another. */
  public static final Comparator<UUID> ORDER =
      (one, other) -> {
        int high =
            Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0
            ? high
            : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
      };

  /** Copies what is asked. */
  public ActiveSubscription {
    asked = List.copyOf(asked);
  }

  /** One by a protocol that tells who is there in no words of its own. */
  public ActiveSubscription(
      UUID id, TopicFilter filter, Instant since, Optional<Identity> identity, String address) {
    this(id, filter, since, identity, address, List.of());
  }

  /**
   * One of the things that a subscription asks for, which may be more than one matcher makes of
   * them, and what its protocol tells of it besides.
   *
   * @param kind of what kind the text is, as the protocol calls it
   * @param text as it was written
   * @param payload what is to be told with it, in JSON
   */
  public record Asked(String kind, String text, Optional<String> payload) {}

  /** The topics, as a subscriber writes them, in one order. */
  public List<String> topics() {
    return filter.matchers().stream().map(TopicMatcher::text).sorted().toList();
  }

  /** The same with an equal filter, so that many can share one. */
  public ActiveSubscription sharing(TopicFilter equal) {
    return new ActiveSubscription(id, equal, since, identity, address, asked);
  }

  /**
   * Hears who comes and goes. Called on event loops, on that of each subscription for both: it must
   * be quick, must not block and must not throw.
   */
  public interface Watcher {
    /** A stream has begun. */
    void joined(ActiveSubscription one);

    /** It has ended. */
    void left(ActiveSubscription one);
  }
}
