package dev.allim.mercure;

import dev.allim.hub.NotificationHub;
import dev.allim.hub.spi.ActiveSubscription;
import dev.allim.mercure.topic.HubUrl;
import dev.allim.notification.Notification;
import dev.allim.notification.TimeOrderedIds;
import dev.allim.presence.Herald;
import dev.allim.presence.Listed;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * Tells of each subscription that begins or ends by an update of its own, for those only who hold a
 * grant for its topic.
 */
@Singleton
class SubscriptionUpdates implements Herald {
  /** Who was away longer reads the pages anew. */
  private static final Duration TTL = Duration.ofHours(1);

  private final boolean isOn;
  private final SubscriptionDocuments documents;
  private final NotificationHub hub;
  private final TimeOrderedIds ids;
  private final Clock clock;

  SubscriptionUpdates(MercureConfig config, NotificationHub hub, TimeOrderedIds ids, Clock clock) {
    this.isOn = config.tellsSubscriptions();
    this.documents = new SubscriptionDocuments(HubUrl.of(config.url()));
    this.hub = hub;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public boolean isOn() {
    return isOn;
  }

  @Override
  public boolean concerns(ActiveSubscription one) {
    return !one.asked().isEmpty();
  }

  @Override
  public CompletionStage<?> tell(List<ActiveSubscription> joined, List<ActiveSubscription> left) {
    return hub.publish(
        Stream.concat(
                joined.stream().flatMap(one -> updates(one, true)),
                left.stream().flatMap(one -> updates(one, false)))
            .toList());
  }

  private Stream<Notification> updates(ActiveSubscription one, boolean isActive) {
    return one.asked().stream().map(asked -> update(one, asked, isActive));
  }

  private Notification update(
      ActiveSubscription one, ActiveSubscription.Asked asked, boolean isActive) {
    String subscriber = Listed.urn(one.id().toString());
    String told =
        SubscriptionDocuments.wellFormed(
            documents
                .document(asked.kind(), asked.text(), asked.payload(), subscriber, isActive)
                .encode());
    Notification plain =
        new Notification(
            ids.next(),
            List.of(documents.topic(asked.kind(), asked.text(), subscriber)),
            // whoever wrote a client for draft 07 waits for messages without a name
            asked.kind().equals(SubscriptionDocuments.TOPIC)
                ? Optional.empty()
                : Optional.of(HubsOwnNames.TYPE),
            told,
            OptionalLong.empty(),
            Optional.empty(),
            Optional.of(clock.instant().plus(TTL)));
    return plain.keptPrivate();
  }
}
