package dev.allim.log.retention;

import dev.allim.notification.EventId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Where an id leaves its traces in a Bloom filter that is made of chunks: all of them in one chunk,
 * so that a disk is touched once.
 */
final class IdBits {
  /** Bytes of a chunk: four of them fit into a page of SQLite. */
  static final int CHUNK_BYTES = 992;

  private static final int BITS = CHUNK_BYTES * Byte.SIZE;

  /** Right for ten bits an id, at which a chunk is half full. */
  private static final int TRACES = 7;

  private final int chunk;
  private final int[] traces = new int[TRACES];

  private IdBits(int chunk) {
    this.chunk = chunk;
  }

  /** The traces of {@code id} in a filter of so many chunks. */
  static IdBits of(EventId id, int chunks) {
    ByteBuffer hash = ByteBuffer.wrap(sha256(id.value()));
    IdBits bits = new IdBits((int) Long.remainderUnsigned(hash.getLong(), chunks));
    for (int i = 0; i < TRACES; i++) {
      bits.traces[i] = Short.toUnsignedInt(hash.getShort()) % BITS;
    }
    return bits;
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /** The chunk that they are in. */
  int chunk() {
    return chunk;
  }

  /** Whether they are all in it. */
  boolean areIn(byte[] bits) {
    for (int trace : traces) {
      if ((bits[trace / Byte.SIZE] & mask(trace)) == 0) {
        return false;
      }
    }
    return true;
  }

  /** Leaves them in it. */
  void leaveIn(byte[] bits) {
    for (int trace : traces) {
      bits[trace / Byte.SIZE] |= mask(trace);
    }
  }

  private static byte mask(int trace) {
    return (byte) (1 << (trace % Byte.SIZE));
  }
}
