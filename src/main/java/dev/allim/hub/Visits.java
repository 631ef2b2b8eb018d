package dev.allim.hub;

import dev.allim.hub.spi.ActiveSubscription;
import dev.allim.hub.spi.Identity;
import dev.allim.topic.TopicFilter;
import dev.allim.topic.TopicMatcher;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Gives each stream the id by which it is told of. A client that comes back soon, to the same
 * topics, gets the id that it had: its visit goes on. Any thread; asked when streams begin and end,
 * and never while they last.
 */
public final class Visits implements ActiveSubscription.Watcher {
  /** More than that leave within the grace only where nobody could tell them apart. */
  private static final int MOST_REMEMBERED = 100_000;

  private final long graceNanos;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Supplier<UUID> ids;
  private final ConcurrentMap<Client, Deque<Left>> left = new ConcurrentHashMap<>();
  private final AtomicInteger remembered = new AtomicInteger();

  /** By which it is known again: the subject of its token, or else its address, and its topics. */
  private record Client(
      Optional<Identity> identity,
      String address,
      Set<TopicMatcher> topics,
      Set<ActiveSubscription.Asked> asked) {
    static Client of(ActiveSubscription one) {
      return new Client(
          one.identity(),
          one.identity().isPresent() ? "" : one.address(),
          one.filter().matchers(),
          Set.copyOf(one.asked()));
    }
  }

  private record Left(UUID id, long until) {}

  /**
   * None have been here yet.
   *
   * @param grace how soon one has to come back; zero for never
   * @param ids makes ids that nobody can guess
   */
  public Visits(Duration grace, Clock clock, LongSupplier nanoTime, Supplier<UUID> ids) {
    this.graceNanos = grace.toNanos();
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.ids = ids;
  }

  /** Somebody comes, by a protocol that tells who is there in no words of its own. */
  public ActiveSubscription begin(TopicFilter filter, Optional<Identity> identity, String address) {
    return begin(filter, identity, address, List.of());
  }

  /** Somebody comes. */
  public ActiveSubscription begin(
      TopicFilter filter,
      Optional<Identity> identity,
      String address,
      List<ActiveSubscription.Asked> asked) {
    ActiveSubscription one =
        new ActiveSubscription(ids.get(), filter, clock.instant(), identity, address, asked);
    return former(one)
        .map(id -> new ActiveSubscription(id, filter, one.since(), identity, address, asked))
        .orElse(one);
  }

  /** The id of the one that left first, so that as many as possible come back in time. */
  private Optional<UUID> former(ActiveSubscription one) {
    if (left.isEmpty()) {
      return Optional.empty();
    }
    Client client = Client.of(one);
    return left.containsKey(client) ? taken(client) : Optional.empty();
  }

  private Optional<UUID> taken(Client client) {
    long now = nanoTime.getAsLong();
    Deque<UUID> taken = new ArrayDeque<>(1);
    left.computeIfPresent(
        client,
        (same, known) -> {
          dropExpired(known, now);
          Optional.ofNullable(known.pollFirst())
              .ifPresent(
                  first -> {
                    remembered.decrementAndGet();
                    taken.add(first.id());
                  });
          return known.isEmpty() ? null : known;
        });
    return Optional.ofNullable(taken.poll());
  }

  private void dropExpired(Deque<Left> known, long now) {
    while (!known.isEmpty() && now - known.getFirst().until() >= 0) {
      known.removeFirst();
      remembered.decrementAndGet();
    }
  }

  @Override
  public void joined(ActiveSubscription one) {
    // has its id
  }

  /** Told last of all who hear of it: from now on another loop may give its id again. */
  @Override
  public void left(ActiveSubscription one) {
    if (graceNanos > 0 && remembered.get() < MOST_REMEMBERED) {
      remembered.incrementAndGet();
      Left last = new Left(one.id(), nanoTime.getAsLong() + graceNanos);
      left.compute(
          Client.of(one),
          (same, known) -> {
            Deque<Left> all = known == null ? new ArrayDeque<>(1) : known;
            all.add(last);
            return all;
          });
    }
  }

  /** From time to time: forgets those that will not come back any more. */
  public void forget() {
    long now = nanoTime.getAsLong();
    for (Client client : left.keySet()) {
      left.computeIfPresent(
          client,
          (same, known) -> {
            dropExpired(known, now);
            return known.isEmpty() ? null : known;
          });
    }
  }

  /** How many are remembered. */
  int remembered() {
    return remembered.get();
  }
}
