package dev.allim.history;

import java.nio.file.Path;

/**
 * What an engine on SQLite has to know of the configuration, checked.
 *
 * @param path the file; two more stand beside it while it is open, {@code -wal} and {@code -shm},
 *     and {@code .lock}
 * @param durability what an answered publish survives
 * @param retention what is kept
 * @param readers connections that read at the same time
 */
public record SqliteSettings(Path path, Durability durability, Retention retention, int readers) {
  /** Connections that read at the same time unless said otherwise: reading is bound by the disk. */
  public static final int READERS = 4;

  /** Makes the path absolute. */
  public SqliteSettings {
    path = path.toAbsolutePath().normalize();
    if (readers < 1) {
      throw new IllegalArgumentException("at least one connection has to read");
    }
  }
}
