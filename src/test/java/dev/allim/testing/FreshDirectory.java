package dev.allim.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Directories for tests that JUnit cannot give one with {@code @TempDir}. Each goes when the tests
 * have ended; where they are killed it stays where the build is told to keep what passes.
 */
public final class FreshDirectory {
  private static final Set<Path> LEFT = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> LEFT.forEach(FreshDirectory::delete)));
  }

  private FreshDirectory() {}

  /** A new one, with this in its name. */
  public static Path of(String name) {
    try {
      Path directory = Files.createTempDirectory("allim-" + name);
      LEFT.add(directory);
      return directory;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Deletes it with all that is in it: tests that need many do not wait for the end. */
  public static void delete(Path directory) {
    LEFT.remove(directory);
    if (Files.notExists(directory)) {
      return;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      List<Path> innermostFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path each : innermostFirst) {
        Files.deleteIfExists(each);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
