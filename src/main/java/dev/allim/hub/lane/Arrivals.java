package dev.allim.hub.lane;

import dev.allim.hub.fanout.FanOut;
import dev.allim.hub.fanout.Subscription;
import dev.allim.hub.fanout.SubscriptionTable;
import dev.allim.hub.ring.PublishedFrame;
import dev.allim.hub.ring.RecentFrames;
import dev.allim.hub.spi.DisconnectCause;
import dev.allim.log.MatchingBudget;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import java.time.Clock;

/**
 * The way of a notification into a lane: through the lane's broadcast into the ring and to the
 * groups that it concerns. Loop only.
 */
final class Arrivals {
  private final BroadcastProcessor<PublishedFrame> broadcast = BroadcastProcessor.create();
  private final RecentFrames recent;
  private final FanOut fanOut;
  private final MatchingBudget matching;
  private final SubscriptionTable subscriptions;
  private final StreamEnds ends;
  private final Clock clock;
  private final LaneFaults faults;
  private long position;

  /**
   * @param head the position behind which the first comes
   * @param matching what finding out whom they concern may cost, refilled by the lane
   */
  Arrivals(
      long head,
      RecentFrames recent,
      FanOut fanOut,
      MatchingBudget matching,
      SubscriptionTable subscriptions,
      StreamEnds ends,
      Clock clock,
      LaneFaults faults) {
    this.position = head;
    this.recent = recent;
    this.fanOut = fanOut;
    this.matching = matching;
    this.subscriptions = subscriptions;
    this.ends = ends;
    this.clock = clock;
    this.faults = faults;
    broadcast.subscribe().with(this::routeGuarded);
  }

  /** The place of the last notification that has come. */
  long position() {
    return position;
  }

  void add(PublishedFrame published) {
    broadcast.onNext(published);
  }

  /**
   * A processor drops a subscriber that throws, for ever and in silence: so nothing gets out of
   * here. Whoever may have been cheated of this notification is sent away, and resumes before it.
   */
  private void routeGuarded(PublishedFrame published) {
    try {
      route(published);
    } catch (RuntimeException | Error fault) {
      faults.met("A notification could not be routed; the live streams of its lane resume", fault);
      recent.forgetUpTo(published.position());
      subscriptions.forEach(this::sendToResume);
    }
  }

  private void sendToResume(Subscription subscription) {
    if (subscription.isLive()) {
      ends.finish(subscription, DisconnectCause.ERROR, ends.comeBack());
    }
  }

  private void route(PublishedFrame published) {
    position = published.position();
    if (published.isHole()) {
      skip(published);
      return;
    }
    recent.add(published);
    if (!published.mayExpire() || !published.expiredAt(clock.millis())) {
      fanOut.note(published, matching);
    }
  }

  /** Whoever resumes reads the log, which tells of the gap those whom it concerns. */
  private void skip(PublishedFrame hole) {
    hole.frame().release();
    recent.forgetUpTo(position);
    subscriptions.forEach(this::sendToResume);
  }
}
