package dev.allim.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/**
 * A disk of a few megabytes, in memory, that can be filled up; for root where mounting is allowed.
 */
public final class SmallDisk implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 10;
  private static final int PIECE_BYTES = 1_024;

  private final Path root;

  private SmallDisk(Path root) {
    this.root = root;
  }

  /** Mounts one at {@code root}, an empty directory; skips the test where that cannot be done. */
  public static SmallDisk mountedAt(Path root, int megabytes) {
    Requires.rareProgram("mount");
    boolean mounted =
        run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", root.toString());
    Requires.rarely(mounted, "a disk in memory cannot be mounted by this user");
    return new SmallDisk(root);
  }

  private static boolean run(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException failure) {
      return false;
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** A file or directory on it. */
  public Path resolve(String name) {
    return root.resolve(name);
  }

  /** Another program takes so much of it. */
  public void take(int megabytes) {
    try {
      Files.write(filler(), new byte[megabytes << 20]);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Takes what room there is left. */
  public void fill() {
    try (OutputStream filler =
        Files.newOutputStream(filler(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (true) {
        filler.write(new byte[PIECE_BYTES]);
      }
    } catch (IOException full) {
      // as it should be
    }
  }

  /** Gives back so much of what was taken. */
  public void leave(int megabytes) {
    try (FileChannel filler = FileChannel.open(filler(), StandardOpenOption.WRITE)) {
      filler.truncate(filler.size() - ((long) megabytes << 20));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Gives back what was taken. */
  public void empty() {
    try {
      Files.deleteIfExists(filler());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private Path filler() {
    return root.resolve("filler");
  }

  @Override
  public void close() {
    run("umount", "--lazy", root.toString());
  }
}
