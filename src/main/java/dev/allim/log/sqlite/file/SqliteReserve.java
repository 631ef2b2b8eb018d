package dev.allim.log.sqlite.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Room on the disk that is held by a file beside the history, so that on a full disk something can
 * still be deleted, which needs room itself: for the write-ahead log, and to write that back. Any
 * thread.
 */
public final class SqliteReserve {
  /** What is taken of a usual disk for a usual history: twice what is written back at once. */
  public static final long MOST_BYTES = 32L << 20;

  private static final long LEAST_BYTES = 2L << 20;

  /** No more of the disk, and of what the history may become, than one of so many parts. */
  private static final int PARTS = 8;

  private static final int PIECE_BYTES = 1 << 20;

  private final Path file;
  private final long bytes;
  private volatile boolean missing;
  private boolean closed;

  private SqliteReserve(Path file, long bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /** The one beside a history; it is not taken yet. */
  static SqliteReserve of(SqliteSettings settings) {
    return new SqliteReserve(Path.of(settings.path() + "-reserve"), bytes(settings));
  }

  /** How large it is to be. */
  static long bytes(SqliteSettings settings) {
    long least = Math.min(settings.retention().maxBytes(), diskBytes(settings.path())) / PARTS;
    return Math.max(LEAST_BYTES, Math.min(MOST_BYTES, least));
  }

  private static long diskBytes(Path path) {
    try {
      return store(path).getTotalSpace();
    } catch (IOException unknown) {
      return Long.MAX_VALUE;
    }
  }

  /** Also of a directory that is not there yet. */
  private static FileStore store(Path path) throws IOException {
    Path there = path;
    for (Path up = there.getParent(); up != null && !Files.exists(there); up = up.getParent()) {
      there = up;
    }
    return Files.getFileStore(there);
  }

  /** How large it is when it is there. */
  long bytes() {
    return bytes;
  }

  /**
   * Whether it was given up, or there was never room for it: what room there is now is for
   * deletions alone. Never blocks.
   */
  public boolean isMissing() {
    return missing;
  }

  /** Finds out whether it is there, or could be. */
  synchronized void look() {
    missing = !isTaken() && !isRoomForIt();
  }

  /** Gives it up; whether there was one. */
  public synchronized boolean release() {
    try {
      boolean released = !closed && Files.deleteIfExists(file);
      // of a quota the system may not know that there is room for the reserve alone
      missing = released || !isRoomForIt();
      return released;
    } catch (IOException stays) {
      return false;
    }
  }

  /** Takes it if it is not there and there is room for it. */
  public synchronized void take() {
    if (!closed) {
      missing = !isTaken() && !(isRoomForIt() && isWritten());
    }
  }

  /** It stays as it is from now on. */
  synchronized void close() {
    closed = true;
  }

  /** Whether there is room on the disk beside it for more than the next publish. */
  public boolean leavesHeadroom() {
    return usable() >= bytes / 2;
  }

  private boolean isTaken() {
    return file.toFile().length() == bytes;
  }

  private boolean isRoomForIt() {
    return usable() >= bytes + bytes / PARTS;
  }

  private long usable() {
    try {
      return store(file).getUsableSpace();
    } catch (IOException unknown) {
      return Long.MAX_VALUE;
    }
  }

  /** Whether what hinders it is not a want of room, too: that is for those who write to tell. */
  private boolean isWritten() {
    try {
      write();
      return true;
    } catch (NoSuchFileException | AccessDeniedException another) {
      return true;
    } catch (IOException full) {
      release();
      return false;
    }
  }

  /** Nothing that a file system could leave out or press together. */
  private void write() throws IOException {
    byte[] noise = new byte[PIECE_BYTES];
    new SplittableRandom(bytes).nextBytes(noise);
    try (OutputStream reserve = Files.newOutputStream(file)) {
      for (long written = 0; written < bytes; written += PIECE_BYTES) {
        reserve.write(noise, 0, (int) Math.min(PIECE_BYTES, bytes - written));
      }
    }
  }
}
