package dev.allim.log.memory;

import dev.allim.log.retention.IdFilter;
import dev.allim.notification.EventId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which given ids were another notification's before, as far as that can be told: what has left the
 * log has left traces. Changed by one thread at a time, asked by any.
 */
final class MemoryIds {
  /** 1.3 MB at most, for a million ids. */
  private static final int GENERATIONS = 3;

  private final IdFilter<RuntimeException> gone = new IdFilter<>(new Chunks(), GENERATIONS);
  private final Set<EventId> doubtful = ConcurrentHashMap.newKeySet();
  private volatile boolean any;

  private static final class Chunks implements IdFilter.Store<RuntimeException> {
    private static final byte[] NONE = {};
    private final Map<Integer, byte[]> chunks = new HashMap<>();

    @Override
    public byte[] read(int number) {
      return chunks.getOrDefault(number, NONE);
    }

    @Override
    public void write(int number, byte[] chunk) {
      chunks.put(number, chunk);
    }
  }

  /** It begins to be kept. */
  void kept(EventId id) {
    if (!id.isMadeByHub() && gone.mayHold(id)) {
      any = true;
      doubtful.add(id);
    }
  }

  /** It is kept no more. */
  void gone(EventId id) {
    if (!id.isMadeByHub()) {
      gone.add(id);
      doubtful.remove(id);
    }
  }

  /** Whether the one that is kept with this id may not be the first. */
  boolean isDoubtful(EventId id) {
    return doubtful.contains(id);
  }

  /** Whether there ever was one. */
  boolean any() {
    return any;
  }
}
