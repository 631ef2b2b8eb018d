package dev.allim.hub.lane;

import dev.allim.hub.fanout.Subscription;
import dev.allim.hub.lane.LogReads.Answer;
import dev.allim.hub.spi.Gap;
import dev.allim.hub.spi.HubListener;
import dev.allim.hub.spi.StartAt;
import dev.allim.notification.EventId;
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
  private final LogReads replays;
  private final HubListener listener;

  Beginning(
      Lane lane, CatchUp catchUp, StartLocator locator, LogReads replays, HubListener listener) {
    this.lane = lane;
    this.catchUp = catchUp;
    this.locator = locator;
    this.replays = replays;
    this.listener = listener;
  }

  /** Begins with a new subscription, which stands where its lane stands. */
  void begin(Subscription subscription, StartAt start) {
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
        subscription.readUpTo(behind.position());
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
        subscription.missed(new Gap(Optional.empty(), Optional.empty()));
        begin(subscription, replays.insteadOfUnknown());
      };
    }

    @Override
    public Runnable sought(StartAt.Sought sought) {
      return () -> resume(subscription, sought);
    }
  }

  private void beginAt(Subscription subscription, StartAt.Located located) {
    located.gap().ifPresent(subscription::missed);
    subscription.knowsTruncated(located.knownTruncated());
    subscription.readUpTo(located.position());
    located.lastId().ifPresent(id -> subscription.readUpTo(located.position(), id));
    catchUp.begun(subscription);
  }

  private void resume(Subscription subscription, StartAt.Sought start) {
    listener.replay();
    Optional<EventId> id = start.lastId();
    OptionalLong known = id.map(locator::inRing).orElse(OptionalLong.empty());
    if (known.isPresent()) {
      subscription.readUpTo(known.getAsLong(), id.orElseThrow());
      catchUp.begun(subscription);
    } else {
      subscription.reading(true);
      replays.locate(
          start,
          subscription.cohort().interest(),
          lane.position(),
          lane.loop(),
          subscription::isGone,
          answer -> located(subscription, start, answer));
    }
  }

  private void located(Subscription subscription, StartAt.Sought start, Answer answer) {
    subscription.reading(false);
    Optional<EventId> asked = start.lastId();
    if (answer instanceof Answer.Next next) {
      if (asked.isPresent() && next.truncatedUpTo() > next.upTo()) {
        subscription.missed(new Gap(asked, Optional.empty()));
      }
      // who names an id is told of every hole behind it, by the pages that hold them
      subscription.knowsTruncated(asked.isPresent() ? next.upTo() : next.truncatedUpTo());
      asked.ifPresent(id -> subscription.readUpTo(next.upTo(), id));
      catchUp.begun(subscription, next);
    } else if (answer instanceof Answer.UnknownId unknown) {
      subscription.missed(new Gap(asked, Optional.empty()));
      subscription.knowsTruncated(unknown.resumeAt());
      subscription.readUpTo(unknown.resumeAt());
      catchUp.begun(subscription);
    } else {
      catchUp.notRead(subscription, answer, () -> resume(subscription, start));
    }
  }
}
