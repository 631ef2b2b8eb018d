package dev.allim.hub.ring;

import dev.allim.topic.Topic;
import java.util.List;

/** What the log keeps no more, so that no ring is to replay it. Immutable. */
public sealed interface Withdrawal {
  /** Takes it out of a ring. On that ring's loop. */
  void from(RecentFrames ring);

  /**
   * All with this canonical topic.
   *
   * @param topic the canonical topic
   * @param upTo the last position of which it is true
   */
  record OfTopic(Topic topic, long upTo) implements Withdrawal {
    @Override
    public void from(RecentFrames ring) {
      ring.withdraw(topic, upTo);
    }
  }

  /**
   * Some.
   *
   * @param positions where they stood
   */
  record At(List<Long> positions) implements Withdrawal {
    /** Copies the positions. */
    public At {
      positions = List.copyOf(positions);
    }

    @Override
    public void from(RecentFrames ring) {
      positions.forEach(ring::withdraw);
    }
  }
}
