package dev.allim.hub.ring;

import dev.allim.hub.ring.PublishedFrame.StateOf;
import dev.allim.notification.EventId;
import dev.allim.topic.Audience;
import dev.allim.topic.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The ring of recent frames of one lane, bounded in count and in bytes. It owns one reference to
 * each frame in it. Loop only.
 *
 * <p>Positions grow but may skip, so a place in the ring is found by binary search.
 */
public final class RecentFrames {
  private final int mostBytes;
  private final @Nullable PublishedFrame[] slots;
  private final Map<EventId, PublishedFrame> byId = new HashMap<>();

  /** The newest position of each key, as far as it is in the ring. */
  private final Map<StateOf, Long> newest = new HashMap<>();

  private int first;
  private int count;
  private int bytes;
  private long truncatedUpTo;

  /** Empty, and ignorant of everything up to and including {@code head}. */
  public RecentFrames(int mostFrames, int mostBytes, long head) {
    this.slots = new @Nullable PublishedFrame[mostFrames];
    this.mostBytes = mostBytes;
    this.truncatedUpTo = head;
  }

  /** Adds the newest and forgets as many of the oldest as the bounds demand. */
  public void add(PublishedFrame published) {
    if (count == slots.length) {
      forgetOldest();
    }
    slots[(first + count++) % slots.length] = published;
    byId.put(published.id(), published);
    published.stateOf().ifPresent(state -> newest.put(state, published.position()));
    bytes += published.bytes();
    while (bytes > mostBytes && count > 1) {
      forgetOldest();
    }
  }

  /**
   * Puts older ones before the oldest, the newest of them first and as many as there is room for.
   * Takes a reference to each that it keeps.
   *
   * @param older all that stands behind {@code after}, up to {@code upTo}
   * @param upTo where this has to begin: if it does not any more, nothing happens
   */
  public void addOlder(List<PublishedFrame> older, long after, long upTo) {
    if (truncatedUpTo != upTo) {
      return;
    }
    for (int i = older.size() - 1; i >= 0; i--) {
      PublishedFrame published = older.get(i);
      if (count == slots.length || bytes + published.bytes() > mostBytes) {
        truncatedUpTo = published.position();
        return;
      }
      prepend(published);
    }
    truncatedUpTo = after;
  }

  private void prepend(PublishedFrame published) {
    published.frame().retain();
    first = (first + slots.length - 1) % slots.length;
    slots[first] = published;
    count++;
    byId.putIfAbsent(published.id(), published);
    published.stateOf().ifPresent(state -> newest.putIfAbsent(state, published.position()));
    bytes += published.bytes();
  }

  private void forgetOldest() {
    PublishedFrame oldest = get(0);
    slots[first] = null;
    first = (first + 1) % slots.length;
    count--;
    byId.computeIfPresent(
        oldest.id(), (id, known) -> known.position() == oldest.position() ? null : known);
    oldest.stateOf().ifPresent(state -> newest.remove(state, oldest.position()));
    bytes -= oldest.bytes();
    truncatedUpTo = oldest.position();
    oldest.frame().release();
  }

  /** Forgets everything: whoever stands up to {@code position} reads the log. */
  public void forgetUpTo(long position) {
    while (count > 0) {
      forgetOldest();
    }
    truncatedUpTo = position;
  }

  /** Whether everything after {@code position} is still here. */
  public boolean covers(long position) {
    return position >= truncatedUpTo;
  }

  /** The index of the first frame after {@code position}, {@link #size()} if there is none. */
  int indexAfter(long position) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (get(middle).position() <= position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The frame at {@code index}, 0 being the oldest. */
  PublishedFrame get(int index) {
    return Objects.requireNonNull(slots[(first + index) % slots.length]);
  }

  /** The position of the notification with this id, if it is here and they may see it. */
  public OptionalLong find(EventId id, Audience audience) {
    PublishedFrame found = byId.get(id);
    return found == null || !audience.maySee(found)
        ? OptionalLong.empty()
        : OptionalLong.of(found.position());
  }

  /** The notification here that replaces this one, if there is a newer one with its key. */
  public Optional<PublishedFrame> successor(PublishedFrame published) {
    return published
        .stateOf()
        .map(newest::get)
        .filter(position -> position > published.position())
        .map(position -> get(indexAfter(position - 1)));
  }

  /** Replays nothing of this canonical topic any more that stands up to {@code upTo}. */
  void withdraw(Topic topic, long upTo) {
    for (int i = 0; i < count && get(i).position() <= upTo; i++) {
      PublishedFrame published = get(i);
      if (published.topics().get(0).equals(topic)) {
        slots[(first + i) % slots.length] = published.withdrawn();
      }
    }
  }

  /** Replays what stands at this position no more, if it is here. */
  void withdraw(long position) {
    int index = indexAfter(position - 1);
    if (index < count && get(index).position() == position) {
      slots[(first + index) % slots.length] = get(index).withdrawn();
    }
  }

  public int size() {
    return count;
  }

  public int bytes() {
    return bytes;
  }

  /** Gives every reference back. It is of no use afterwards. */
  public void clear() {
    forgetUpTo(Long.MAX_VALUE);
  }
}
