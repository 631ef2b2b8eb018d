package dev.allim.log.sqlite.file;

import dev.allim.log.append.SideRoom;
import dev.allim.log.retention.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What an engine on SQLite has to know of the configuration, checked.
 *
 * @param path the file; two more stand beside it while it is open, {@code -wal} and {@code -shm},
 *     and {@code .lock} and {@code -reserve}
 * @param durability what an answered publish survives
 * @param retention what is kept
 * @param beside room beside that for what waits for its time, and for idempotency keys
 * @param readers connections that read at the same time
 */
public record SqliteSettings(
    Path path, Durability durability, Retention retention, SideRoom beside, int readers) {
  private static final int MOST_LINKS = 40;

  /** Connections that read at the same time unless said otherwise: reading is bound by the disk. */
  public static final int READERS = 4;

  /** With the usual room beside what is kept. */
  public SqliteSettings(Path path, Durability durability, Retention retention, int readers) {
    this(path, durability, retention, SideRoom.USUAL, readers);
  }

  /** Names the file itself, whatever leads to it: only so two programs know that it is the same. */
  public SqliteSettings {
    path = real(path.toAbsolutePath(), MOST_LINKS);
    if (readers < 1) {
      throw new IllegalArgumentException("at least one connection has to read");
    }
  }

  /** Also of a file, or a directory, that is not there yet. */
  private static Path real(Path path, int links) {
    try {
      return path.toRealPath();
    } catch (IOException missing) {
      Path parent = path.getParent();
      if (parent == null || links == 0) {
        return path.normalize();
      }
      Path named = real(parent, links - 1).resolve(path.getFileName());
      return Files.isSymbolicLink(named) ? target(named, links - 1) : named;
    }
  }

  private static Path target(Path link, int links) {
    try {
      return real(link.resolveSibling(Files.readSymbolicLink(link)), links);
    } catch (IOException unreadable) {
      return link;
    }
  }
}
