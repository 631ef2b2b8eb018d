package dev.allim.log.append;

import dev.allim.notification.EventContext;
import dev.allim.notification.EventName;
import dev.allim.notification.Key;
import dev.allim.notification.Notification;
import dev.allim.notification.TraceParent;
import dev.allim.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;

/**
 * Bytes for what is kept beside the notifications that were delivered: each of the two has a budget
 * of its own, so that neither costs anybody's history.
 *
 * @param delayed of notifications that wait for their time
 * @param keys of idempotency keys and what was answered to them
 */
public record SideRoom(long delayed, long keys) {
  /** Nothing of either. */
  public static final SideRoom NONE = new SideRoom(0, 0);

  /** Some hundred of the largest or a hundred thousand small ones; a hundred thousand keys. */
  public static final SideRoom USUAL = new SideRoom(64L << 20, 64L << 20);

  /**
   * What a row and its entries in indexes take beside its text; rather too much than too little.
   */
  public static final int A_ROW = 512;

  /** Of the text: it lies in pages that are not quite full. */
  public static final int AN_EIGHTH = 8;

  /** What one that waits takes. */
  public static SideRoom of(DelayedNotification delayed) {
    Notification notification = delayed.notification();
    long octets = notification.topics().size() - 1L;
    octets += octets(notification.id().value()) + octets(notification.data());
    octets += octets(notification.event().map(EventName::value));
    octets += octets(notification.key().map(Key::value));
    octets += octets(notification.trace().map(TraceParent::value));
    octets += octets(notification.context().map(EventContext::json));
    for (Topic topic : notification.topics()) {
      octets += octets(topic.name());
    }
    return new SideRoom(row(octets), 0);
  }

  /** What a key takes, with its answer. */
  public static SideRoom of(IdempotencyRecord record) {
    return new SideRoom(
        0, row(octets(record.key()) + octets(record.fingerprint()) + octets(record.answer())));
  }

  /** What all of these take. */
  public static SideRoom of(
      Collection<DelayedNotification> delayed, Collection<IdempotencyRecord> records) {
    return new SideRoom(
        delayed.stream().mapToLong(each -> of(each).delayed).sum(),
        records.stream().mapToLong(each -> of(each).keys).sum());
  }

  private static long row(long octets) {
    return octets + octets / AN_EIGHTH + A_ROW;
  }

  private static long octets(Optional<String> text) {
    return text.isPresent() ? octets(text.get()) : 0;
  }

  private static long octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Both together. */
  public SideRoom plus(SideRoom more) {
    return new SideRoom(delayed + more.delayed, keys + more.keys);
  }

  /** What is left of this without {@code less}; below 0 if that is more. */
  public SideRoom minus(SideRoom less) {
    return new SideRoom(delayed - less.delayed, keys - less.keys);
  }

  /** Bytes of both. */
  public long bytes() {
    return delayed + keys;
  }
}
