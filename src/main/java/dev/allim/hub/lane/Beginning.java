package dev.allim.hub.lane;

import dev.allim.hub.fanout.Subscription;
import dev.allim.hub.spi.DisconnectCause;
import dev.allim.hub.spi.Gap;
import dev.allim.hub.spi.HubEnvironment;
import dev.allim.hub.spi.StartAt;
import dev.allim.hub.spi.SubscribeRequest;
import dev.allim.notification.EventId;
import dev.allim.topic.Audience;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Puts a new subscription where it begins, as the ring or the log says, and hands it to {@link
 * CatchUp}. Loop only.
 */
final class Beginning {
  private final Lane lane;
  private final CatchUp catchUp;
  private final StartLocator locator;
  private final LogReads logReads;
  private final StreamPlaces places;
  private final StreamEnds ends;
  private final HubEnvironment environment;

  Beginning(
      Lane lane,
      CatchUp catchUp,
      StartLocator locator,
      LogReads logReads,
      StreamPlaces places,
      StreamEnds ends,
      HubEnvironment environment) {
    this.lane = lane;
    this.catchUp = catchUp;
    this.locator = locator;
    this.logReads = logReads;
    this.places = places;
    this.ends = ends;
    this.environment = environment;
  }

  /** Greets a new subscription, which stands where its lane stands, and begins with it. */
  void open(Subscription subscription, SubscribeRequest request, long now) {
    StartAt start = request.start();
    request.entitlement().begun().accept(() -> lane.loop().execute(() -> makeWay(subscription)));
    try {
      places.greet(subscription, start, ends.comeBack(), now);
    } catch (RuntimeException | Error fault) {
      ends.fail(subscription, fault);
      return;
    }
    if (subscription.expired(environment.clock().millis())) {
      ends.finish(subscription, DisconnectCause.TOKEN_EXPIRED, ends.comeBack());
    } else if (subscription.terms().isRevoked()) {
      ends.finish(subscription, DisconnectCause.TOKEN_REVOKED, ends.comeBack());
    } else {
      begin(subscription, start);
    }
  }

  /** What has not been written yet reaches its subscriber in the stream that took over. */
  private void makeWay(Subscription subscription) {
    if (!subscription.isClosed()) {
      ends.finish(subscription, DisconnectCause.TAKEN_OVER, ends.comeBack());
    }
  }

  private void begin(Subscription subscription, StartAt start) {
    start.accept(new Ways(subscription)).run();
  }

  /** What is to be done for each way to begin. */
  private final class Ways implements StartAt.Cases<Runnable> {
    private final Subscription subscription;

    Ways(Subscription subscription) {
      this.subscription = subscription;
    }

    @Override
    public Runnable now() {
      return () -> catchUp.begun(subscription);
    }

    @Override
    public Runnable behind(StartAt.Behind behind) {
      return () -> {
        subscription.advanceTo(behind.position());
        catchUp.begun(subscription);
      };
    }

    @Override
    public Runnable located(StartAt.Located located) {
      return () -> beginAt(subscription, located);
    }

    @Override
    public Runnable afterUnknown() {
      return () -> {
        subscription.gaps().note(new Gap(Optional.empty(), Optional.empty()));
        begin(subscription, logReads.insteadOfUnknown());
      };
    }

    @Override
    public Runnable sought(StartAt.Sought sought) {
      return () -> resume(subscription, sought);
    }
  }

  private void beginAt(Subscription subscription, StartAt.Located located) {
    located.gap().ifPresent(subscription.gaps()::note);
    subscription.gaps().knowsTruncated(located.knownTruncated());
    subscription.advanceTo(located.position());
    located.lastId().ifPresent(id -> subscription.advanceTo(located.position(), id));
    catchUp.begun(subscription);
  }

  private void resume(Subscription subscription, StartAt.Sought start) {
    environment.listener().replay();
    Optional<EventId> id = start.lastId();
    Audience audience = subscription.group().filter().audience();
    OptionalLong known =
        id.map(last -> locator.inRing(last, audience)).orElse(OptionalLong.empty());
    if (known.isPresent()) {
      subscription.advanceTo(known.getAsLong(), id.orElseThrow());
      catchUp.begun(subscription);
    } else {
      subscription.reading(true);
      logReads.locate(
          start,
          subscription.group().filter(),
          lane.position(),
          lane.loop(),
          subscription::isGone,
          answer -> located(subscription, start, answer));
    }
  }

  private void located(Subscription subscription, StartAt.Sought start, LogAnswer answer) {
    subscription.reading(false);
    Optional<EventId> asked = start.lastId();
    if (answer instanceof LogAnswer.Next next) {
      if (asked.isPresent() && next.truncatedUpTo() > next.upTo()) {
        subscription.gaps().note(new Gap(asked, Optional.empty()));
      }
      // who names an id is told of every hole behind it, by the pages that hold them
      subscription.gaps().knowsTruncated(asked.isPresent() ? next.upTo() : next.truncatedUpTo());
      asked.ifPresent(id -> subscription.advanceTo(next.upTo(), id));
      catchUp.begun(subscription, next);
    } else if (answer instanceof LogAnswer.UnknownId unknown) {
      subscription.gaps().note(new Gap(asked, Optional.empty()));
      subscription.gaps().knowsTruncated(unknown.resumeAt());
      subscription.advanceTo(unknown.resumeAt());
      catchUp.begun(subscription);
    } else {
      catchUp.notRead(subscription, answer, () -> resume(subscription, start));
    }
  }
}
