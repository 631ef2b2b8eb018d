package dev.allim.ops;

import dev.allim.hub.spi.DisconnectCause;
import dev.allim.hub.spi.HubListener;
import dev.allim.hub.spi.PublishObserver;
import dev.allim.runtime.WarmUp;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Counts what the hub does. Event loops only add to counters of their own here, and look up
 * nothing; {@link HubMeters} reads the sums when somebody scrapes.
 */
@Singleton
@Typed({HubListener.class, MeteredHub.class})
public class MeteredHub implements HubListener {
  /** Where an answer is instant, quick, noticed and late. */
  private static final Duration[] BUCKETS = {
    Duration.ofNanos(100_000),
    Duration.ofNanos(250_000),
    Duration.ofNanos(500_000),
    Duration.ofMillis(1),
    Duration.ofNanos(2_500_000),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10)
  };

  final LongAdder opened = new LongAdder();
  final Map<DisconnectCause, LongAdder> closed = perCause();
  final Map<DisconnectCause, LongAdder> refused = perCause();
  final LongAdder published = new LongAdder();
  final LongAdder deliveredEvents = new LongAdder();
  final LongAdder deliveredBytes = new LongAdder();
  final LongAdder lagTransitions = new LongAdder();
  final LongAdder replays = new LongAdder();
  final LongAdder gaps = new LongAdder();
  final LongAdder heartbeats = new LongAdder();
  final LongAdder laneFaults = new LongAdder();

  private final Timer publishing;
  private final Timer delivering;
  private final RefusalLog refusals;
  private final Traces traces;
  private final LongSupplier nanoTime;

  @Inject
  MeteredHub(MeterRegistry registry, RefusalLog refusals, Traces traces) {
    this(registry, refusals, traces, System::nanoTime);
  }

  MeteredHub(MeterRegistry registry, RefusalLog refusals, Traces traces, LongSupplier nanoTime) {
    this.publishing =
        timer(registry, "allim.publish", "From the hub's taking a publication to its answer");
    this.delivering =
        timer(
            registry,
            "allim.delivery",
            "From the hub's taking a publication to the slowest lane's last write of it");
    this.refusals = refusals;
    this.traces = traces;
    this.nanoTime = nanoTime;
  }

  private static Timer timer(MeterRegistry registry, String name, String description) {
    return Timer.builder(name)
        .description(description)
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  private static Map<DisconnectCause, LongAdder> perCause() {
    Map<DisconnectCause, LongAdder> counts = new EnumMap<>(DisconnectCause.class);
    for (DisconnectCause cause : DisconnectCause.values()) {
      counts.put(cause, new LongAdder());
    }
    return counts;
  }

  /** The only subscriber until now was the rehearsal's. */
  void begin(@Observes @Priority(WarmUp.PRIORITY + 1) StartupEvent event) {
    closed.values().forEach(LongAdder::reset);
    Stream.of(opened, deliveredEvents, deliveredBytes, replays, gaps).forEach(LongAdder::reset);
  }

  /** Streams that are open now. */
  long open() {
    long ended = closed.values().stream().mapToLong(LongAdder::sum).sum();
    return Math.max(0, opened.sum() - ended);
  }

  /** Publications that were answered. */
  long publishes() {
    return publishing.count();
  }

  /** How long all of those took together, in milliseconds. */
  double publishMillis() {
    return publishing.totalTime(TimeUnit.MILLISECONDS);
  }

  private final class Timed implements PublishObserver {
    private final long since = nanoTime.getAsLong();
    private final PublishObserver traced;

    Timed(PublishObserver traced) {
      this.traced = traced;
    }

    @Override
    public void onKept() {
      traced.onKept();
    }

    @Override
    public void onRefused() {
      traced.onRefused();
    }

    @Override
    public void onAnswered() {
      traced.onAnswered();
      publishing.record(nanoTime.getAsLong() - since, TimeUnit.NANOSECONDS);
    }

    @Override
    public void onWritten() {
      traced.onWritten();
      delivering.record(nanoTime.getAsLong() - since, TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public PublishObserver publishing(int notifications) {
    return new Timed(traces.follow(notifications));
  }

  @Override
  public void opened() {
    opened.increment();
  }

  @Override
  public void closed(DisconnectCause cause) {
    add(closed, cause);
  }

  @Override
  public void refused(DisconnectCause cause) {
    add(refused, cause);
    refusals.stream(cause);
  }

  private static void add(Map<DisconnectCause, LongAdder> counts, DisconnectCause cause) {
    LongAdder count = counts.get(cause);
    if (count != null) {
      count.increment();
    }
  }

  @Override
  public void published(int notifications) {
    published.add(notifications);
  }

  @Override
  public void delivered(int events, long bytes) {
    deliveredEvents.add(events);
    deliveredBytes.add(bytes);
  }

  @Override
  public void replay() {
    replays.increment();
  }

  @Override
  public void lagging() {
    lagTransitions.increment();
  }

  @Override
  public void gap() {
    gaps.increment();
  }

  @Override
  public void laneFaulted() {
    laneFaults.increment();
  }

  @Override
  public void heartbeats(int streams) {
    heartbeats.add(streams);
  }
}
