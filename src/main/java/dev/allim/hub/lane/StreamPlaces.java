package dev.allim.hub.lane;

import dev.allim.hub.fanout.Subscription;
import dev.allim.hub.settings.HubSettings;
import dev.allim.hub.spi.Frame;
import dev.allim.hub.spi.StartAt;
import dev.allim.notification.EventId;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Gives the subscribers of one lane the ids of places, so that whoever has none of a notification,
 * or one that is soon forgotten, misses nothing when its connection breaks. Loop only.
 */
final class StreamPlaces {
  /** Rarely enough to cost nothing, often enough for any retention. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private final LogReads logReads;
  private final Frame.Maker maker;
  private final LongSupplier nanoTime;
  private final long mostBehind;
  private Optional<EventId> ofRound = Optional.empty();

  StreamPlaces(LogReads logReads, HubSettings settings, Frame.Maker maker, LongSupplier nanoTime) {
    this.logReads = logReads;
    this.maker = maker;
    this.nanoTime = nanoTime;
    this.mostBehind = settings.recentFrames() / 2;
  }

  /** Begins a stream: who begins with the present is told where that is. */
  void greet(Subscription subscription, StartAt start, Duration retry, long now) {
    OptionalLong place = placeOf(start, subscription);
    Optional<EventId> id =
        place.isPresent() && subscription.group().hearsHub()
            ? Optional.of(logReads.seal(place.getAsLong()))
            : Optional.empty();
    place.ifPresent(position -> subscription.placed(position, now));
    subscription.write(Frame.greeting(maker, retry, id), now);
  }

  private static OptionalLong placeOf(StartAt start, Subscription subscription) {
    return start.accept(
        new StartAt.Cases<OptionalLong>() {
          @Override
          public OptionalLong now() {
            return OptionalLong.of(subscription.position());
          }

          @Override
          public OptionalLong behind(StartAt.Behind behind) {
            return OptionalLong.of(behind.position());
          }

          @Override
          public OptionalLong located(StartAt.Located located) {
            return OptionalLong.empty();
          }

          @Override
          public OptionalLong afterUnknown() {
            return OptionalLong.empty();
          }

          @Override
          public OptionalLong sought(StartAt.Sought sought) {
            return OptionalLong.empty();
          }
        });
  }

  /** It has caught up: if it has no id of anything until now, it gets that of where it stands. */
  void arrived(Subscription subscription) {
    if (!subscription.isPlaced() && subscription.group().hearsHub()) {
      long position = subscription.position();
      tell(subscription, position, logReads.seal(position), nanoTime.getAsLong());
    }
  }

  /**
   * Whether it is time to tell a silent one that is live where it stands: when much has passed that
   * did not concern it, or it has had no id for long, so that a late return neither reads all of
   * that nor finds its id forgotten.
   */
  boolean isDue(Subscription subscription, long position, long now) {
    return subscription.isLive()
        && subscription.group().hearsHub()
        && (position - subscription.placed() > mostBehind
            || now - subscription.placedAt() > LONGEST.toNanos());
  }

  /** All streams of a lane are looked at now: those that are live stand at one place. */
  void beginRound() {
    ofRound = Optional.empty();
  }

  /** Tells one of this round that it stands at {@code position}, as its lane does. */
  void tell(Subscription subscription, long position, long now) {
    EventId place = ofRound.orElseGet(() -> logReads.seal(position));
    ofRound = Optional.of(place);
    tell(subscription, position, place, now);
  }

  private void tell(Subscription subscription, long position, EventId place, long now) {
    subscription.placed(position, now);
    subscription.write(Frame.place(maker, place), now);
  }
}
