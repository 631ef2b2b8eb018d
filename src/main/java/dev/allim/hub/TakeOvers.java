package dev.allim.hub;

import dev.allim.hub.spi.Entitlement;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Streams of which there is one at a time by each name: one that begins ends the one before it,
 * whose connection may be gone without anybody knowing. Any thread; never blocks.
 */
public final class TakeOvers {
  // a stream holds its own place, so that nothing is left of one that is over
  private final Map<String, Holder> holders = new ConcurrentHashMap<>();
  private final ReferenceQueue<Place> left = new ReferenceQueue<>();

  private static final class Holder extends WeakReference<Place> {
    private final String name;

    Holder(String name, Place place, ReferenceQueue<Place> left) {
      super(place, left);
      this.name = name;
    }
  }

  /** Where one stream listens, until another takes over. */
  private static final class Place {
    // each is written before the other is read, so that whoever comes second ends it
    private volatile Optional<Runnable> end = Optional.empty();
    private volatile boolean taken;

    void begun(Runnable howToEnd) {
      end = Optional.of(howToEnd);
      if (taken) {
        howToEnd.run();
      }
    }

    void makeWay() {
      taken = true;
      end.ifPresent(Runnable::run);
    }

    boolean isTaken() {
      return taken;
    }
  }

  /**
   * Takes the place of this name for a stream that begins now.
   *
   * @param right by what it may listen
   * @return the same, until another takes the place
   */
  public Entitlement take(String name, Entitlement right) {
    forgetThoseLeft();
    Place mine = new Place();
    Optional.ofNullable(holders.put(name, new Holder(name, mine, left)))
        .map(Reference::get)
        .ifPresent(Place::makeWay);
    return new Entitlement(
        right.expiry(), () -> mine.isTaken() || right.revoked().getAsBoolean(), mine::begun);
  }

  private void forgetThoseLeft() {
    for (Reference<?> one = left.poll(); one != null; one = left.poll()) {
      if (one instanceof Holder holder) {
        holders.remove(holder.name, holder);
      }
    }
  }
}
