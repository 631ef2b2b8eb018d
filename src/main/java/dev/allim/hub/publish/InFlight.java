package dev.allim.hub.publish;

import dev.allim.hub.spi.Frame;
import dev.allim.hub.spi.Publication;
import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The frames of what is on its way through the log, so that what comes back from it is not encoded
 * a second time. Owns one reference to each. The writer puts them in and takes out what was left;
 * who follows the log takes them in between, on the writer's thread or another.
 */
public final class InFlight {
  private final Map<EventId, Encoded> byId = new ConcurrentHashMap<>();

  /**
   * A notification and its event.
   *
   * @param notification what was encoded
   * @param frame its bytes
   */
  record Encoded(Notification notification, Frame frame) {}

  /**
   * Encodes what is delivered now, in order, but for what the log gives another id; the first
   * references belong to the caller.
   */
  static List<Encoded> encode(Publication publication, Frame.Maker maker, boolean logKeepsIds) {
    List<Encoded> encoded = new ArrayList<>(publication.entries().size());
    try {
      for (Publication.Entry entry : publication.entries()) {
        if (entry.deliverAt().isEmpty() && (logKeepsIds || entry.idIsGiven())) {
          Notification notification = entry.notification();
          encoded.add(new Encoded(notification, Frame.encode(maker, notification)));
        }
      }
      return encoded;
    } catch (RuntimeException | Error failure) {
      encoded.forEach(each -> each.frame().release());
      throw failure;
    }
  }

  /** What will come; takes over the references. One with an id that is on its way is let go. */
  void put(List<Encoded> all) {
    for (Encoded encoded : all) {
      if (byId.putIfAbsent(encoded.notification().id(), encoded) != null) {
        encoded.frame().release();
      }
    }
  }

  /** What came, if it was put here; the reference goes to the caller. */
  Optional<Frame> take(Notification notification) {
    Encoded encoded = byId.get(notification.id());
    if (encoded == null || !isSame(encoded.notification(), notification)) {
      return Optional.empty();
    }
    return byId.remove(notification.id(), encoded)
        ? Optional.of(encoded.frame())
        : Optional.empty();
  }

  /** Another machine may have published something else under the same id. */
  @SuppressWarnings("ReferenceEquality") // nearly always, and equals would look at all of the data
  private static boolean isSame(Notification one, Notification other) {
    return one == other || one.equals(other);
  }

  /** The log has decided about these: what was not taken will not come. */
  @SuppressWarnings("ReferenceEquality") // an equal one is another publication's
  void withdraw(List<Encoded> all) {
    for (Encoded encoded : all) {
      if (byId.get(encoded.notification().id()) == encoded
          && byId.remove(encoded.notification().id(), encoded)) {
        encoded.frame().release();
      }
    }
  }
}
