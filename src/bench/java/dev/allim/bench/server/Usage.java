package dev.allim.bench.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What processes take, as proc(5) tells.
 *
 * @param pids the processes, counted together
 */
public record Usage(List<Long> pids) {
  /** USER_HZ: 100 on every architecture that Java runs on. */
  private static final double TICKS_PER_SECOND = 100;

  /** Fields of /proc/PID/stat behind the name, which may hold spaces. */
  private static final int USER_TICKS = 11;

  private static final int SYSTEM_TICKS = 12;

  /** User and system time since the start, in seconds. */
  public double cpuSeconds() {
    return sum(Usage::cpuSeconds);
  }

  private static double cpuSeconds(Path proc) {
    String stat = read(proc.resolve("stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]))
        / TICKS_PER_SECOND;
  }

  /** Resident memory, with what is shared divided among those who share it, in KiB. */
  public double proportionalKilobytes() {
    return sum(Usage::proportionalKilobytes);
  }

  private static double proportionalKilobytes(Path proc) {
    return read(proc.resolve("smaps_rollup"))
        .lines()
        .filter(line -> line.startsWith("Pss:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
        .sum();
  }

  /** Sockets and files that are open. */
  public double openFiles() {
    return sum(Usage::openFiles);
  }

  private static double openFiles(Path proc) {
    try (Stream<Path> files = Files.list(proc.resolve("fd"))) {
      return files.count();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private double sum(ToDoubleFunction<Path> one) {
    return pids.stream().map(pid -> Path.of("/proc", pid.toString())).mapToDouble(one).sum();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
