package dev.allim.limits;

import dev.allim.http.PublishLimits;
import dev.allim.http.problem.ProblemException;
import dev.allim.limits.Allowance.Lack;
import io.github.bucket4j.TimeMeter;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Counts what each publisher sends, and refuses what is more than its share. Who has been quiet for
 * as long as a bucket needs to fill is forgotten. Safe for any thread; never waits.
 */
@Startup
@Singleton
public class PublishRates {
  /** A few hundred bytes each; should there be more, the newest share one allowance. */
  static final int MOST_PUBLISHERS = 100_000;

  private final Map<String, Allowance> known = new ConcurrentHashMap<>();
  private final List<RatePolicy> policies;
  private final boolean countsNotifications;
  private final Map<RatePolicy, TooFast> refusals;
  private final TimeMeter clock;
  private final Allowance everybodyElse;

  /** Checks the limits, too: nothing may start with those that cannot work. */
  @Inject
  PublishRates(PublisherLimits limits, PublishLimits requests) {
    this(
        limits.ofNotifications(requests.batch()),
        limits.ofBytes(requests.body().asLongValue()),
        System::nanoTime);
  }

  PublishRates(
      Optional<RatePolicy> notifications, Optional<RatePolicy> bytes, LongSupplier nanoTime) {
    this.policies = Stream.of(notifications, bytes).flatMap(Optional::stream).toList();
    this.countsNotifications = notifications.isPresent();
    String field = policies.stream().map(RatePolicy::field).collect(Collectors.joining(", "));
    this.refusals =
        policies.stream()
            .collect(Collectors.toUnmodifiableMap(one -> one, one -> new TooFast(one, field)));
    this.clock = new Ticks(nanoTime);
    this.everybodyElse = new Allowance(policies, clock);
  }

  private record Ticks(LongSupplier nanoTime) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return nanoTime.getAsLong();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }

  /** Whether anything is counted, so that a publisher has to be named. */
  public boolean areLimited() {
    return !policies.isEmpty();
  }

  /**
   * Asked before a body is read, whose size nobody knows: takes nothing.
   *
   * @throws ProblemException 429 if nothing at all is left to this publisher
   */
  public void requireAny(String publisher) {
    Allowance allowance = known.get(publisher);
    if (allowance != null) {
      allowance.lack().ifPresent(this::refuse);
    }
  }

  /**
   * Takes what a request needs, all or nothing.
   *
   * @throws ProblemException 429 if that is not left to this publisher
   */
  public void take(String publisher, int notifications, int bytes) {
    allowance(publisher).take(amounts(notifications, bytes)).ifPresent(this::refuse);
  }

  private List<Long> amounts(long notifications, long bytes) {
    return countsNotifications ? List.of(notifications, bytes) : List.of(bytes);
  }

  private Allowance allowance(String publisher) {
    Allowance seen = known.get(publisher);
    if (seen != null) {
      return seen;
    }
    return known.size() < MOST_PUBLISHERS
        ? known.computeIfAbsent(publisher, unseen -> new Allowance(policies, clock))
        : everybodyElse;
  }

  /**
   * Whose bucket is full is as one who never came. Somebody who comes just now gains one request.
   */
  @Scheduled(every = "10s", delayed = "10s")
  void forget() {
    known.values().removeIf(Allowance::isFull);
  }

  int known() {
    return known.size();
  }

  private void refuse(Lack lack) {
    TooFast refusal = Objects.requireNonNull(refusals.get(lack.policy()));
    throw refusal.after(secondsOf(lack.nanosToWait()), lack.remaining());
  }

  private static long secondsOf(long nanos) {
    return Math.max(1, TimeUnit.NANOSECONDS.toSeconds(nanos + TimeUnit.SECONDS.toNanos(1) - 1));
  }
}
