package dev.allim.log.retention;

import dev.allim.notification.EventId;
import java.util.BitSet;

/**
 * A Bloom filter of ids that grows as it is needed, up to a fixed size. It never forgets: it may
 * say of an id that it has seen it though it has not, of one in a hundred for each generation that
 * is full; never the other way round.
 *
 * <p>Generations are of 64, 256, 1024 … chunks, and an id has one chunk in each: it goes into the
 * first that is not full, and the last never counts as full.
 *
 * @param <E> what goes wrong where the chunks are
 */
public final class IdFilter<E extends Exception> {
  private static final int FIRST_GENERATION = 64;
  private static final int FULL = IdBits.CHUNK_BYTES * Byte.SIZE / 2;

  private final Store<E> store;
  private final int generations;

  /** Where the chunks are. */
  public interface Store<E extends Exception> {
    /** A chunk, empty if it was never written. */
    byte[] read(int number) throws E;

    void write(int number, byte[] chunk) throws E;
  }

  /** What is in {@code store}, which may grow to so many generations. */
  public IdFilter(Store<E> store, int generations) {
    this.store = store;
    this.generations = generations;
  }

  /** So many generations take less than {@code bytes}; at least one. */
  static int generationsIn(long bytes) {
    int generations = 1;
    while (generations < 5 && (long) chunks(generations) * IdBits.CHUNK_BYTES <= bytes) {
      generations++;
    }
    return generations;
  }

  private static int chunks(int generation) {
    return FIRST_GENERATION << (2 * generation);
  }

  /** The number of the first chunk of a generation. */
  private static int first(int generation) {
    return (chunks(generation) - FIRST_GENERATION) / 3;
  }

  /** Whether it may have seen this id. */
  public boolean mayHold(EventId id) throws E {
    for (int generation = 0; ; generation++) {
      IdBits bits = IdBits.of(id, chunks(generation));
      byte[] chunk = store.read(first(generation) + bits.chunk());
      if (chunk.length == 0) {
        return false;
      }
      if (bits.areIn(chunk) || !isFull(chunk)) {
        return bits.areIn(chunk);
      }
    }
  }

  /** It has seen this id. */
  public void add(EventId id) throws E {
    for (int generation = 0; ; generation++) {
      IdBits bits = IdBits.of(id, chunks(generation));
      int number = first(generation) + bits.chunk();
      byte[] found = store.read(number);
      byte[] chunk = found.length == 0 ? new byte[IdBits.CHUNK_BYTES] : found;
      if (found.length > 0 && bits.areIn(chunk)) {
        return;
      }
      if (generation + 1 >= generations || !isFull(chunk)) {
        bits.leaveIn(chunk);
        store.write(number, chunk);
        return;
      }
    }
  }

  private static boolean isFull(byte[] chunk) {
    return BitSet.valueOf(chunk).cardinality() > FULL;
  }
}
