package dev.allim.bench;

import dev.allim.bench.cases.Case;
import dev.allim.bench.cases.Catalogue;
import dev.allim.bench.cases.Lab;
import dev.allim.bench.report.Machine;
import dev.allim.bench.report.Report;
import dev.allim.bench.report.Results;
import dev.allim.bench.server.Collector;
import dev.allim.bench.server.Contenders;
import dev.allim.bench.server.OpenFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Runs the cases that were asked for, prints the table and writes bench.md and bench.json. */
public final class Bench {
  /** Ten thousand readers, with room for those who leave while others come. */
  private static final int OPEN_FILES = 20_000;

  private Bench() {}

  /** Takes system properties, see {@link Settings}. */
  public static void main(String[] args) throws IOException {
    requireLinux();
    Settings settings = Settings.read();
    List<Case> cases = Catalogue.all().stream().filter(it -> settings.wants(it.key())).toList();
    Contenders contenders = Contenders.find(settings);
    Results results = new Results();
    Report report = new Report(conditions(settings, contenders), contenders.names(), results);
    for (Case each : cases) {
      System.out.println(each.title());
      each.run(new Lab(settings, contenders, results));
      report.write(settings.directory());
    }
    System.out.println();
    System.out.println(report.markdown());
  }

  private static void requireLinux() {
    if (!System.getProperty("os.name").equals("Linux")) {
      throw new IllegalStateException(
          "The benchmarks run on Linux only: they read from /proc what the server takes");
    }
    if (OpenFiles.limit() < OPEN_FILES) {
      throw new IllegalStateException(
          "The benchmarks need %,d open files, and may have %,d: ulimit -n %d"
              .formatted(OPEN_FILES, OpenFiles.limit(), OPEN_FILES));
    }
  }

  private static List<String> conditions(Settings settings, Contenders contenders) {
    List<String> conditions = new ArrayList<>();
    if (settings.quick()) {
      conditions.add("bench.quick: a smoke, the figures mean nothing");
    }
    conditions.add(Machine.describe());
    conditions.add(server(settings));
    conditions.add("nchan with %d workers".formatted(settings.nchanWorkers()));
    conditions.addAll(contenders.missing());
    if (!new Collector(settings).isThere()) {
      conditions.add("memory without a collection before: the server has no jcmd");
    }
    return conditions;
  }

  private static String server(Settings settings) {
    return settings.serverIsJar()
        ? "allim on Java %s: %s"
            .formatted(JavaRelease.text(settings.javaHome()), settings.javaFlags())
        : "allim as a native executable";
  }
}
