package dev.allim.ops;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import dev.allim.hub.HubStatus;
import dev.allim.hub.NotificationHub;
import dev.allim.hub.spi.DisconnectCause;
import dev.allim.log.EventLog;
import dev.allim.notification.EventName;
import dev.allim.notification.Key;
import dev.allim.notification.Notification;
import dev.allim.notification.TimeOrderedIds;
import dev.allim.presence.NodeName;
import dev.allim.security.AccessRules;
import dev.allim.topic.Topic;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the hub says of itself, for whoever listens to {@code $hub/figures}: an event named {@code
 * figures} with a JSON object, counters as they stand since the start; and the busiest topics since
 * it was last said. The key is the process, so that the state holds the newest of each. What is
 * private counts, too: where tokens mean something, listening to this needs a grant. While nobody
 * listens nothing is said, and nothing kept; nodes that share a history do not know who listens at
 * the others, and speak all the while.
 */
@ApplicationScoped
class HubFigures {
  private static final Topic TOPIC = new Topic(Topic.RESERVED + "figures");
  private static final EventName FIGURES = new EventName("figures");
  private static final int BUSIEST = 10;

  /** What the charts of a page that was just opened begin with. */
  private static final Duration TTL = Duration.ofMinutes(10);

  private final MeteredHub metered;
  private final NotificationHub hub;
  private final EventLog log;
  private final TopicTraffic traffic;
  private final TimeOrderedIds ids;
  private final Clock clock;
  private final String node = NodeName.host();
  private final boolean arePrivate;
  private final boolean enabled;
  private final FiguresListeners listeners;

  HubFigures(
      FiguresConfig config,
      MeteredHub metered,
      NotificationHub hub,
      EventLog log,
      TopicTraffic traffic,
      TimeOrderedIds ids,
      Clock clock,
      AccessRules rules) {
    this.metered = metered;
    this.hub = hub;
    this.log = log;
    this.traffic = traffic;
    this.ids = ids;
    this.clock = clock;
    this.arePrivate = rules.knowsGrants();
    this.enabled = config.enabled().orElse(arePrivate);
    this.listeners = new FiguresListeners(notification(""));
  }

  void begin(@Observes StartupEvent event) {
    if (enabled) {
      hub.subscriptions().watch(listeners);
    }
  }

  @Scheduled(
      every = "${allim.figures.every:2s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void tick() {
    List<TopicTraffic.Traffic> busiest = traffic.take(BUSIEST);
    if (enabled && isHeard() && !hub.draining()) {
      hub.publish(List.of(notification(figures(busiest).toString())));
    }
  }

  /** Whether somebody listens, or may. */
  boolean isHeard() {
    return log.isShared() || listeners.any();
  }

  private Notification notification(String data) {
    Notification open =
        new Notification(
            ids.next(),
            List.of(TOPIC),
            Optional.of(FIGURES),
            data,
            OptionalLong.empty(),
            Optional.of(new Key(NodeName.ofProcess())),
            Optional.of(clock.instant().plus(TTL)));
    return arePrivate ? open.keptPrivate() : open;
  }

  private ObjectNode figures(List<TopicTraffic.Traffic> busiest) {
    ObjectNode figures = JsonNodeFactory.instance.objectNode().put("node", node);
    machine(figures);
    traffic(figures);
    HubStatus status = hub.status();
    figures
        .put("lanes", status.lanes())
        .put("mailbox", status.mailboxDepth())
        .put("ringFrames", status.ringFrames())
        .put("ringBytes", status.ringBytes())
        .put("historyEvents", log.status().events())
        .put("historyBytes", log.status().bytes());
    figures.set("closed", perCause(metered.closed));
    figures.set("refused", perCause(metered.refused));
    figures.set("topics", topics(busiest));
    return figures;
  }

  private static ArrayNode topics(List<TopicTraffic.Traffic> busiest) {
    ArrayNode topics = JsonNodeFactory.instance.arrayNode();
    for (TopicTraffic.Traffic busy : busiest) {
      topics.addObject().put("topic", busy.topic().name()).put("published", busy.published());
    }
    return topics;
  }

  private static void machine(ObjectNode figures) {
    Runtime runtime = Runtime.getRuntime();
    figures
        .put("cpu", cpu())
        .put("heapUsed", runtime.totalMemory() - runtime.freeMemory())
        .put("heapMax", runtime.maxMemory())
        .put("uptime", ManagementFactory.getRuntimeMXBean().getUptime());
  }

  /** Of all processors together, from 0 to 1. */
  private static double cpu() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? Math.max(0, system.getProcessCpuLoad())
        : 0;
  }

  private void traffic(ObjectNode figures) {
    figures
        .put("streams", metered.open())
        .put("opened", metered.opened.sum())
        .put("published", metered.published.sum())
        .put("delivered", metered.deliveredEvents.sum())
        .put("deliveredBytes", metered.deliveredBytes.sum())
        .put("lagging", metered.lagTransitions.sum())
        .put("replays", metered.replays.sum())
        .put("gaps", metered.gaps.sum())
        .put("publishes", metered.publishes())
        .put("publishMillis", metered.publishMillis());
  }

  private static ObjectNode perCause(Map<DisconnectCause, LongAdder> counts) {
    ObjectNode figures = JsonNodeFactory.instance.objectNode();
    counts.forEach(
        (cause, count) -> {
          if (count.sum() > 0) {
            figures.put(cause.name().toLowerCase(Locale.ROOT), count.sum());
          }
        });
    return figures;
  }
}
