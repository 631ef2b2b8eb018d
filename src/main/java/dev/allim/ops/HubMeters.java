package dev.allim.ops;

import dev.allim.http.Bodies;
import dev.allim.hub.Admission;
import dev.allim.hub.NotificationHub;
import dev.allim.hub.spi.DisconnectCause;
import dev.allim.hub.spi.MemoryBudget;
import dev.allim.log.EventLog;
import dev.allim.wire.DirectMemory;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** What a scrape reads: the names are promised in src/docs/observability.md. */
@Singleton
public class HubMeters implements MeterBinder {
  private static final double NANOS_A_SECOND = 1e9;

  private final MeteredHub metered;
  private final Rejections rejections;
  private final NotificationHub hub;
  private final EventLog log;
  private final Admission admission;
  private final Bodies bodies;
  private final MemoryBudget onTheirWay;

  HubMeters(
      MeteredHub metered,
      Rejections rejections,
      NotificationHub hub,
      EventLog log,
      Admission admission,
      Bodies bodies,
      MemoryBudget onTheirWay) {
    this.metered = metered;
    this.rejections = rejections;
    this.hub = hub;
    this.log = log;
    this.admission = admission;
    this.bodies = bodies;
    this.onTheirWay = onTheirWay;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    streams(registry);
    traffic(registry);
    memory(registry);
    clients(registry);
    for (Rejections.Reason reason : Rejections.Reason.values()) {
      counter("allim.rejected", "Publishes that were refused", rejections.count(reason))
          .tag("reason", tag(reason))
          .register(registry);
    }
  }

  private void streams(MeterRegistry registry) {
    gauge(registry, "allim.streams.open", "Streams that are open", metered::open);
    counter(registry, "allim.streams.opened", "Streams that were opened", metered.opened);
    perCause(registry, "allim.streams.closed", "Streams that ended", metered.closed);
    perCause(registry, "allim.streams.refused", "Streams turned away at once", metered.refused);
    counter(registry, "allim.heartbeats", "Heartbeats sent to silent streams", metered.heartbeats);
    counter(
        registry,
        "allim.lag.transitions",
        "Times that a stream fell behind its socket",
        metered.lagTransitions);
    counter(registry, "allim.replays", "Streams that went on after a last id", metered.replays);
    counter(registry, "allim.gaps", "Readers told that they missed something", metered.gaps);
  }

  private void traffic(MeterRegistry registry) {
    counter(
        registry,
        "allim.notifications.published",
        "Notifications that got their place in the order",
        metered.published);
    counter(
        registry,
        "allim.events.delivered",
        "Events written, each reader counted",
        metered.deliveredEvents);
    counter(
        registry,
        "allim.bytes.delivered",
        "Bytes of events written, each reader counted",
        metered.deliveredBytes);
    counter(
        registry, "allim.lane.faults", "Faults that a lane met and survived", metered.laneFaults);
    gauge(
        registry,
        "allim.mailbox.depth",
        "Notifications that wait for the lane with the most of them",
        () -> hub.status().mailboxDepth());
  }

  private void memory(MeterRegistry registry) {
    gauge(
        registry,
        "allim.ring.frames",
        "Frames in the fullest ring",
        () -> hub.status().ringFrames());
    gauge(
        registry,
        "allim.ring.bytes",
        "Bytes of events in the fullest ring",
        () -> hub.status().ringBytes());
    gauge(
        registry,
        "allim.history.events",
        "Notifications in the history",
        () -> log.status().events());
    gauge(
        registry,
        "allim.history.bytes",
        "Bytes of the history where it is kept",
        () -> log.status().bytes());
    gauge(
        registry,
        "allim.history.lag.events",
        "Notifications that the history has and this node has not heard of",
        () -> log.status().lag());
    gauge(
        registry,
        "allim.history.lag.seconds",
        "How long ago this node had heard all that the history had",
        () -> log.status().behind().toNanos() / NANOS_A_SECOND);
  }

  /** What clients make the hub hold: src/docs/limits.md. */
  private void clients(MeterRegistry registry) {
    gauge(registry, "allim.streams.places", "Places of streams in use", admission::streams);
    gauge(registry, "allim.bodies.bytes", "Bytes that request bodies hold", bodies::held);
    gauge(
        registry,
        "allim.on.their.way.bytes",
        "Bytes that were read of the history and are not taken yet",
        onTheirWay::held);
    gauge(
        registry,
        "allim.direct.bytes",
        "Bytes outside of the heap that buffers hold",
        DirectMemory::used);
  }

  private static void perCause(
      MeterRegistry registry,
      String name,
      String description,
      Map<DisconnectCause, LongAdder> counts) {
    counts.forEach(
        (cause, count) ->
            counter(name, description, count).tag("cause", tag(cause)).register(registry));
  }

  private static String tag(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static void counter(
      MeterRegistry registry, String name, String description, LongAdder count) {
    counter(name, description, count).register(registry);
  }

  private static FunctionCounter.Builder<LongAdder> counter(
      String name, String description, LongAdder count) {
    return FunctionCounter.builder(name, count, LongAdder::sum).description(description);
  }

  private static void gauge(
      MeterRegistry registry, String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).register(registry);
  }
}
