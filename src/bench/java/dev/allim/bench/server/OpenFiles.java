package dev.allim.bench.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The limit that decides how many connections fit. */
public final class OpenFiles {
  private static final String LINE = "Max open files";

  private OpenFiles() {}

  /** Files that this process, and those it starts, may have open. */
  public static int limit() {
    try {
      return Files.readString(Path.of("/proc/self/limits"))
          .lines()
          .filter(line -> line.startsWith(LINE))
          .map(line -> line.substring(LINE.length()).trim().split(" +")[0])
          .map(soft -> soft.equals("unlimited") ? Integer.MAX_VALUE : Integer.parseInt(soft))
          .findFirst()
          .orElseThrow();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
