package dev.allim.hub.lane;

import dev.allim.hub.fanout.FanOut;
import dev.allim.hub.fanout.SubscriberGroup;
import dev.allim.hub.fanout.Subscription;
import dev.allim.hub.fanout.SubscriptionTable;
import dev.allim.hub.settings.HubSettings;
import dev.allim.hub.spi.DisconnectCause;
import dev.allim.hub.spi.Frame;
import dev.allim.hub.spi.HubEnvironment;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Ends the streams of one lane, each once, whoever asks first, and writes a line about it: at INFO
 * if an operator wants to know of it. Loop only.
 */
final class StreamEnds {
  private static final Logger ENDS = Logger.getLogger("dev.allim.streams");
  private static final Logger LOG = Logger.getLogger(StreamEnds.class);

  private final FanOut fanOut;
  private final SubscriptionTable subscriptions;
  private final HubSettings settings;
  private final HubEnvironment environment;

  StreamEnds(
      FanOut fanOut,
      SubscriptionTable subscriptions,
      HubSettings settings,
      HubEnvironment environment) {
    this.fanOut = fanOut;
    this.subscriptions = subscriptions;
    this.settings = settings;
    this.environment = environment;
  }

  /** When a subscriber that is sent away in good order comes back. */
  Duration comeBack() {
    return environment.jitter().around(settings.retry());
  }

  /** Ends a stream in good order: the subscriber is told when to come back. */
  void finish(Subscription subscription, DisconnectCause cause, Duration retry) {
    try {
      subscription.write(Frame.retry(environment, retry), environment.nanoTime().getAsLong());
    } catch (RuntimeException | Error fault) {
      fail(subscription, fault);
    }
    if (end(subscription, cause)) {
      subscription.wire().end();
    }
  }

  /** Ends a stream at once, with whatever was not written yet. */
  void close(Subscription subscription, DisconnectCause cause) {
    if (end(subscription, cause)) {
      subscription.wire().abort();
    }
  }

  /** A fault in one stream ends that stream. */
  void fail(Subscription subscription, Throwable fault) {
    LOG.error("A stream failed and was ended; the others go on", fault);
    close(subscription, DisconnectCause.ERROR);
  }

  /** Its connection is gone already. */
  void left(Subscription subscription) {
    end(subscription, DisconnectCause.CLIENT_LEFT);
  }

  private boolean end(Subscription subscription, DisconnectCause cause) {
    boolean live = subscription.isLive();
    if (!subscription.close()) {
      return false;
    }
    SubscriberGroup group = subscription.group();
    if (live) {
      group.removeLive(subscription);
    }
    fanOut.left(group);
    subscriptions.remove(subscription);
    environment.listener().closed(cause);
    log(cause, subscription);
    return true;
  }

  private static void log(DisconnectCause cause, Subscription subscription) {
    Logger.Level level = cause.noteworthy() ? Logger.Level.INFO : Logger.Level.DEBUG;
    if (ENDS.isEnabled(level)) {
      int matchers = subscription.group().filter().matchers().size();
      String who = subscription.terms().identity().map(one -> " who=" + one.name()).orElse("");
      ENDS.logf(level, "A stream ended cause=%s matchers=%d%s", cause, matchers, who);
    }
  }
}
