package dev.allim.log.sqlite.file;

import dev.allim.log.LogUnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * The right to be the only program that writes a history file. It is a lock on a file beside it
 * ({@code .lock}), as SQLite has its own on the file itself; the system gives it back when the
 * program ends, however it ends. What the file holds is of no meaning, nor whether it exists.
 */
final class HistoryFileLock implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;
  private Object identity = "";

  private HistoryFileLock(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Takes the right to {@code path}.
   *
   * @throws LogUnavailableException if another program has it
   */
  static HistoryFileLock on(Path path) throws IOException {
    Path lock = path.resolveSibling(path.getFileName() + ".lock");
    FileChannel channel =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isTaken(channel)) {
      channel.close();
      throw new LogUnavailableException(
          "The history file %s is in use by another program, perhaps a hub that still drains. Wait for that one or stop it, or name another allim.history.path: each program needs its own."
              .formatted(path));
    }
    return new HistoryFileLock(path, channel);
  }

  private static boolean isTaken(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException takenInThisProgram) {
      return false;
    }
  }

  /** To be called once the file exists: from now on it is known by what it is, not by its name. */
  void identify() throws IOException {
    identity = identityNow();
  }

  /** Whether the file that was opened is still the one under this name. */
  boolean stillThere() {
    try {
      return identity.equals(identityNow());
    } catch (IOException gone) {
      return false;
    }
  }

  /** Inode and device; a constant where the system has none. */
  private Object identityNow() throws IOException {
    return Objects.requireNonNullElse(
        Files.readAttributes(path, BasicFileAttributes.class).fileKey(), "unknown");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException ignored) {
      // the lock is gone with the channel, or with the program
    }
  }
}
