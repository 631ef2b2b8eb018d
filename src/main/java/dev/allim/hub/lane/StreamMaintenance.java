package dev.allim.hub.lane;

import dev.allim.hub.fanout.Subscription;
import dev.allim.hub.fanout.SubscriptionTable;
import dev.allim.hub.settings.HubSettings;
import dev.allim.hub.spi.DisconnectCause;
import dev.allim.hub.spi.Frame;
import dev.allim.hub.spi.HubEnvironment;
import java.time.Duration;

/**
 * Looks after the subscriptions of one lane as time goes by, all of them from one timer: keeps
 * alive what is silent, ends what is stalled or too old. Loop only.
 */
final class StreamMaintenance {
  /** A stream ends before its grant does: with the last tick before that, though one be late. */
  private static final long AHEAD_MILLIS = HubSettings.TICK.plusMillis(250).toMillis();

  private static final int NOT_DRAINING = -1;

  private final StreamEnds ends;
  private final HubSettings settings;
  private final HubEnvironment environment;
  private final SubscriptionTable subscriptions;
  private final Frame heartbeat;
  private final Frame reauthenticate;
  private final StreamPlaces places;
  private int streamsBeforeDrain = NOT_DRAINING;

  StreamMaintenance(
      StreamEnds ends,
      HubSettings settings,
      HubEnvironment environment,
      SubscriptionTable subscriptions,
      StreamPlaces places) {
    this.ends = ends;
    this.settings = settings;
    this.environment = environment;
    this.subscriptions = subscriptions;
    this.places = places;
    this.reauthenticate =
        Frame.encode(environment.allocator(), 48, environment.encoder()::reauthenticate);
    this.heartbeat = Frame.encode(environment.allocator(), 16, environment.encoder()::heartbeat);
  }

  /** When a stream that begins now ends by age; {@link Long#MAX_VALUE} for never. */
  long endOfLife(long now) {
    return settings
        .maxAge()
        .map(age -> now + environment.jitter().shorten(age).toNanos())
        .orElse(Long.MAX_VALUE);
  }

  /**
   * Once a second or so, where the lane stands at {@code position}. From the end, since one that is
   * ended gives its place to the last.
   */
  void attendAll(long position, long now) {
    places.beginRound();
    long millis = environment.clock().millis() + AHEAD_MILLIS;
    int silent = 0;
    for (int i = subscriptions.size() - 1; i >= 0; i--) {
      silent += attend(subscriptions.get(i), position, now, millis);
    }
    environment.listener().heartbeats(silent);
  }

  private int attend(Subscription subscription, long position, long now, long millis) {
    if (subscription.expired(millis)) {
      ends.finish(subscription, DisconnectCause.TOKEN_EXPIRED, ends.comeBack());
    } else if (subscription.stalledFor(settings.writeTimeout().toNanos(), now)) {
      ends.close(subscription, DisconnectCause.WRITE_STALLED);
    } else if (subscription.tooOld(now)) {
      ends.finish(subscription, DisconnectCause.MAX_AGE, ends.comeBack());
    } else if (subscription.group().hearsHub()
        && subscription.isToBeWarned(settings.reauthenticate().toMillis(), millis)) {
      warn(subscription, now);
    } else if (subscription.silentFor(settings.heartbeat().toNanos(), now)) {
      return keepAlive(subscription, position, now);
    }
    return 0;
  }

  /** While its page can still get another grant. */
  private void warn(Subscription subscription, long now) {
    try {
      subscription.write(reauthenticate.retain(), now);
    } catch (RuntimeException | Error fault) {
      ends.fail(subscription, fault);
    }
  }

  private int keepAlive(Subscription subscription, long position, long now) {
    try {
      if (places.isDue(subscription, position, now)) {
        places.tell(subscription, position, now);
      } else {
        subscription.write(heartbeat.retain(), now);
      }
      return 1;
    } catch (RuntimeException | Error fault) {
      ends.fail(subscription, fault);
      return 0;
    }
  }

  /** Ends the streams whose grant was taken back. */
  void endRevoked() {
    for (int i = subscriptions.size() - 1; i >= 0; i--) {
      Subscription subscription = subscriptions.get(i);
      if (subscription.terms().isRevoked()) {
        ends.finish(subscription, DisconnectCause.TOKEN_REVOKED, ends.comeBack());
      }
    }
  }

  /** Ends as many streams as are due by now. */
  void drain(Drain plan) {
    if (streamsBeforeDrain == NOT_DRAINING) {
      streamsBeforeDrain = subscriptions.size();
    }
    int stay = plan.stay(streamsBeforeDrain, environment.nanoTime().getAsLong());
    while (subscriptions.size() > stay) {
      sendAway(subscriptions.get(subscriptions.size() - 1), plan);
    }
  }

  private void sendAway(Subscription subscription, Drain plan) {
    try {
      Duration retry = plan.retry(settings.retry(), environment.jitter());
      ends.finish(subscription, DisconnectCause.DRAINING, retry);
    } catch (RuntimeException | Error fault) {
      ends.fail(subscription, fault);
    }
  }

  /** Gives its memory back. */
  void close() {
    heartbeat.release();
    reauthenticate.release();
  }
}
