package dev.allim.security.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Keys in a file, which may change while the program runs. */
public final class KeyFile implements KeySource {
  private static final Logger LOG = Logger.getLogger(KeyFile.class);

  private final String setting;
  private final Path path;
  private final Function<String, List<VerificationKey>> read;
  private volatile List<VerificationKey> keys;
  private volatile Stamp seen;

  /** By what a file is known to have changed. */
  private record Stamp(Optional<FileTime> modified, long size) {}

  /**
   * Reads it.
   *
   * @param setting that names it, for whoever has to mend it
   * @throws IllegalArgumentException if there are no keys; names the setting
   */
  public KeyFile(String setting, Path path, Function<String, List<VerificationKey>> read) {
    this.setting = setting;
    this.path = path;
    this.read = read;
    this.seen = stamp();
    this.keys = content();
  }

  @Override
  public List<VerificationKey> keys() {
    return keys;
  }

  @Override
  public boolean look() {
    return !stamp().equals(seen) && reload();
  }

  @Override
  public synchronized boolean reload() {
    seen = stamp();
    try {
      List<VerificationKey> now = content();
      boolean changed = !now.equals(keys);
      keys = now;
      LOG.infof("Keys were read again setting=%s keys=%d", setting, now.size());
      return changed;
    } catch (IllegalArgumentException unreadable) {
      LOG.warnf("%s; the keys from before count", unreadable.getMessage());
      return false;
    }
  }

  private Stamp stamp() {
    try {
      return new Stamp(Optional.of(Files.getLastModifiedTime(path)), Files.size(path));
    } catch (IOException gone) {
      return new Stamp(Optional.empty(), 0);
    }
  }

  private List<VerificationKey> content() {
    try {
      return KeySource.told(setting, () -> read.apply(Files.readString(path)));
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          "%s names the file %s, which cannot be read".formatted(setting, path), unreadable);
    }
  }
}
