package dev.allim.hub.ring;

import dev.allim.hub.spi.Dialect;
import dev.allim.hub.spi.Frame;
import dev.allim.hub.spi.FrameEncoder;
import dev.allim.log.LogRecord;
import dev.allim.notification.EventContext;
import dev.allim.notification.EventId;
import dev.allim.notification.Key;
import dev.allim.notification.Notification;
import dev.allim.topic.Addressed;
import dev.allim.topic.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A notification in its place: what a lane needs to route and replay it.
 *
 * @param position its place in the hub's order
 * @param id its id
 * @param topics what it was published under
 * @param isPrivate whether only those may see it who hold a grant for one of its topics
 * @param key what it replaces
 * @param publishedAt when it was published, in milliseconds since 1970
 * @param expiresAt from when on it is of no use, in milliseconds since 1970; {@link Long#MAX_VALUE}
 *     for never
 * @param context what else it said of itself, if it came as a CloudEvent
 * @param frame its bytes
 */
public record PublishedFrame(
    long position,
    EventId id,
    List<Topic> topics,
    boolean isPrivate,
    Optional<Key> key,
    long publishedAt,
    long expiresAt,
    Optional<EventContext> context,
    Frame frame)
    implements Addressed {
  private static final EventId HOLE = new EventId("hole");

  public static PublishedFrame of(LogRecord stored, Frame frame) {
    Notification notification = stored.notification();
    return new PublishedFrame(
        stored.position(),
        notification.id(),
        notification.topics(),
        notification.isPrivate(),
        notification.key(),
        stored.published().toEpochMilli(),
        notification.expires().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE),
        notification.context(),
        frame);
  }

  /** Stands for all up to {@code position} that is gone before it could be handed on. */
  public static PublishedFrame hole(long position, Frame.Maker maker) {
    Frame nothing = Frame.encode(maker.allocator(), 0, out -> {});
    return new PublishedFrame(
        position,
        HOLE,
        List.of(),
        false,
        Optional.empty(),
        0,
        Long.MAX_VALUE,
        Optional.empty(),
        nothing);
  }

  /** Whether this is no notification, but where some are missing. */
  public boolean isHole() {
    return topics.isEmpty();
  }

  public boolean mayExpire() {
    return expiresAt != Long.MAX_VALUE;
  }

  public boolean expiredAt(long millis) {
    return millis >= expiresAt;
  }

  /** The same place with nothing to replay any more. */
  PublishedFrame withdrawn() {
    return new PublishedFrame(
        position, id, topics, isPrivate, key, publishedAt, Long.MIN_VALUE, context, frame);
  }

  /** The same as subscribers of this dialect get it; the frame goes with that of the plain form. */
  public PublishedFrame in(Dialect dialect, FrameEncoder encoder) {
    return !dialect.isEnveloped()
        ? this
        : new PublishedFrame(
            position,
            id,
            topics,
            isPrivate,
            key,
            publishedAt,
            expiresAt,
            context,
            frame.in(dialect, encoder, this::about));
  }

  private FrameEncoder.About about() {
    return new FrameEncoder.About(
        id,
        topics,
        key,
        Instant.ofEpochMilli(publishedAt),
        mayExpire() ? Optional.of(Instant.ofEpochMilli(expiresAt)) : Optional.empty(),
        context);
  }

  /** About what it takes of memory, in bytes. */
  int bytes() {
    return frame.size() + (context.isPresent() ? context.get().json().length() : 0);
  }

  /** What it is the state of, if it has a key. */
  Optional<StateOf> stateOf() {
    return key.map(present -> new StateOf(topics.get(0), present));
  }

  /**
   * What one key stands for.
   *
   * @param topic the canonical topic
   * @param key the key under it
   */
  record StateOf(Topic topic, Key key) {}
}
