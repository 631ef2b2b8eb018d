package dev.allim.presence;

import dev.allim.hub.ActiveSubscriptions;
import dev.allim.hub.NotificationHub;
import dev.allim.hub.Visits;
import dev.allim.hub.settings.Bounds;
import dev.allim.hub.spi.ActiveSubscription;
import dev.allim.hub.spi.Scheduler;
import dev.allim.log.LogEngine;
import dev.allim.log.SharedRoster;
import dev.allim.notification.EventName;
import dev.allim.notification.Notification;
import dev.allim.notification.TimeOrderedIds;
import dev.allim.runtime.WarmUp;
import dev.allim.security.AccessRules;
import dev.allim.topic.Topic;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Knows who is there, and tells it as far as that is wanted. Any thread. */
@Singleton
class Presence {
  /** Under which who comes and goes is told, and by the grant for which the list is seen. */
  static final Topic TOPIC = new Topic(Topic.RESERVED + "subscriptions");

  private static final EventName EVENT = new EventName("subscriptions");

  /** Who was away longer reads the list anew. */
  private static final Duration TTL = Duration.ofHours(1);

  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  /** What is left to be told must not keep the program from ending. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final String node = NodeName.ofProcess();

  /** Names this run of the program, as a container may have the name of the one before. */
  private final String self = UUID.randomUUID().toString();

  private final PresenceConfig config;
  private final NotificationHub hub;
  private final Optional<SharedRoster> roster;
  private final Visits visits;
  private final AccessRules rules;
  private final TimeOrderedIds ids;
  private final Clock clock;
  private final ListedJson json;
  private final List<Scheduler.Timer> timers = new ArrayList<>();
  private final List<Herald> heralds;
  private final List<Announcer> announcers = new ArrayList<>();
  private Optional<TellingNodes> nodes = Optional.empty();

  Presence(
      PresenceConfig config,
      NotificationHub hub,
      LogEngine log,
      Visits visits,
      AccessRules rules,
      TimeOrderedIds ids,
      Clock clock,
      ListedJson json,
      @All List<Herald> heralds) {
    this.config = config;
    this.hub = hub;
    this.roster = log.sharedRoster();
    this.visits = visits;
    this.rules = rules;
    this.ids = ids;
    this.clock = clock;
    this.json = json;
    this.heralds = heralds.stream().filter(Herald::isOn).toList();
  }

  // ---- who is there

  String self() {
    return self;
  }

  ActiveSubscriptions here() {
    return hub.subscriptions();
  }

  Optional<SharedRoster> others() {
    return roster;
  }

  Listed listed(ActiveSubscription one) {
    return Listed.of(one, node);
  }

  // ---- who comes and goes

  /** When nobody is there any more but who comes through the port that opens soon. */
  void begin(@Observes @Priority(WarmUp.PRIORITY + 1) StartupEvent event, Scheduler scheduler) {
    Bounds.check(
        "allim.presence.grace",
        config.grace(),
        Duration.ZERO,
        LONGEST,
        "who left is remembered so long");
    Executor threads = Infrastructure.getDefaultExecutor();
    List<Concerned> concerned = heralds.stream().map(herald -> concerned(herald, threads)).toList();
    if (config.announce()) {
      here().watch(announcer(Attendance.within(config.grace()), threads, this::publish));
    }
    nodes =
        roster.map(
            shared ->
                new TellingNodes(
                    shared,
                    self,
                    this::allHere,
                    one -> json.text(listed(one)),
                    threads,
                    concerned));
    watch(concerned);
    timers.add(scheduler.every(TICK, this::tick));
  }

  private List<ActiveSubscription> allHere(Optional<UUID> after, int most) {
    return here().page(after, most, (one, costs) -> true).toCompletableFuture().join();
  }

  /** Hears of some alone. */
  private record Concerned(Herald herald, Announcer announcer)
      implements ActiveSubscription.Watcher {
    @Override
    public void joined(ActiveSubscription one) {
      if (herald.concerns(one)) {
        announcer.joined(one);
      }
    }

    @Override
    public void left(ActiveSubscription one) {
      if (herald.concerns(one)) {
        announcer.left(one);
      }
    }
  }

  private Concerned concerned(Herald herald, Executor threads) {
    return new Concerned(
        herald,
        announcer(
            Attendance.forReadersOfTheList(config.grace()),
            threads,
            batch -> herald.tell(batch.joined(), batch.left())));
  }

  private Announcer announcer(
      Attendance attendance, Executor threads, Function<Batch, CompletionStage<?>> tell) {
    Announcer made = new Announcer(attendance, threads, System::nanoTime, tell);
    announcers.add(made);
    return made;
  }

  /** Visits come last: from then on an id may be given again. */
  private void watch(List<Concerned> concerned) {
    nodes.ifPresentOrElse(here()::watch, () -> concerned.forEach(here()::watch));
    here().watch(visits);
  }

  private void tick() {
    announcers.forEach(Announcer::tick);
    nodes.ifPresent(TellingNodes::tick);
    visits.forget();
  }

  private CompletionStage<?> publish(Batch batch) {
    Notification told =
        new Notification(
            ids.next(),
            List.of(TOPIC),
            Optional.of(EVENT),
            json.text(Told.of(batch, node)),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.of(clock.instant().plus(TTL)));
    return hub.publish(List.of(rules.knowsGrants() ? told.keptPrivate() : told));
  }

  /** Before the hub closes. */
  void end(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
    timers.forEach(Scheduler.Timer::cancel);
    CompletionStage<Void> told =
        nodes.map(TellingNodes::end).orElseGet(() -> CompletableFuture.completedFuture(null));
    if (announcers.isEmpty()) {
      return;
    }
    try {
      told.thenCompose(handedOn -> endAll())
          .toCompletableFuture()
          .get(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException untold) {
      // the list of this node is gone with it anyway
    }
  }

  private CompletionStage<Void> endAll() {
    return CompletableFuture.allOf(
        announcers.stream()
            .map(announcer -> announcer.end().toCompletableFuture())
            .toArray(CompletableFuture[]::new));
  }
}
