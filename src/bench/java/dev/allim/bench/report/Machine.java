package dev.allim.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a figure is worth nothing without. */
public final class Machine {
  private Machine() {}

  /** Processor, cores, memory, kernel, and how busy it was with other things. */
  public static String describe() {
    return "%s, %d cores, %s GiB, Linux %s, load before the run %s"
        .formatted(
            field("/proc/cpuinfo", "model name"),
            Runtime.getRuntime().availableProcessors(),
            Long.parseLong(field("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) / 1024 / 1024,
            System.getProperty("os.version"),
            read("/proc/loadavg").split(" ")[0]);
  }

  private static String field(String file, String name) {
    return read(file)
        .lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).trim())
        .findFirst()
        .orElse("unknown");
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
