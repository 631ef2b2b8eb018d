package dev.allim.bench.cases;

import dev.allim.bench.Settings;
import dev.allim.bench.report.Figure;
import dev.allim.bench.report.Results;
import dev.allim.bench.server.Collector;
import dev.allim.bench.server.Contender;
import dev.allim.bench.server.Contenders;
import dev.allim.bench.server.Hub;
import dev.allim.bench.server.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * What the cases work with.
 *
 * @param settings of this run
 * @param contenders who is there
 * @param results takes the figures
 */
public record Lab(Settings settings, Contenders contenders, Results results) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(20);

  /** Measures one server, the {@code round}th time; 0 is the first. */
  @FunctionalInterface
  interface Measurement {
    void take(Server server, int round);
  }

  /** Starts one of {@code contenders} with what the settings say for {@code which}. */
  Server start(Contender contender, Case which) {
    return contender.start(settings.serverProperties(which.key()));
  }

  /**
   * Starts all, and measures them in turn, so that whatever the machine does meets them alike;
   * every other round the other way about, so that nobody always follows the same neighbour.
   */
  void alternate(Case which, List<Contender> measured, Measurement measurement) {
    List<Server> servers = new ArrayList<>();
    try {
      measured.forEach(contender -> servers.add(start(contender, which)));
      for (int round = 0; round < settings.repeat(); round++) {
        for (Server server : servers) {
          measure(server, round, measurement);
        }
        Collections.reverse(servers);
      }
    } finally {
      servers.forEach(Server::close);
    }
  }

  /**
   * Measures one hub again and again, started with {@code properties} and those of the settings.
   */
  void repeat(Case which, Map<String, String> properties, Measurement measurement) {
    Map<String, String> all = new HashMap<>(properties);
    all.putAll(settings.serverProperties(which.key()));
    try (Server server = contenders.hub().start(all)) {
      for (int round = 0; round < settings.repeat(); round++) {
        measurement.take(server, round);
      }
    }
  }

  private static void measure(Server server, int round, Measurement measurement) {
    double open = server.usage().openFiles();
    measurement.take(server, round);
    await(() -> server.usage().openFiles() <= open);
  }

  /** Looks again and again until it is so; false if that takes too long. */
  static boolean await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end >= 0) {
        return false;
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
    return true;
  }

  /** A JIT compiler needs a while to see what is hot, and to compile it; then buffers fill. */
  Duration warmUp(Server server, int round) {
    return warmUp(server, round, 1);
  }

  /** The same where so many processes warm up at once on the same cores, and each has a share. */
  Duration warmUp(Server server, int round, int processes) {
    boolean cold = round == 0 && Hub.is(server);
    return cold && !settings.quick() ? Duration.ofSeconds(15L * processes) : Duration.ofSeconds(1);
  }

  /** This many, or a tenth when only the workings are looked at. */
  int scaled(int count) {
    return settings.quick() ? count / 10 : count;
  }

  /** Frees what a server does not use, if it can be asked to. */
  void collectGarbage(Server server) {
    new Collector(settings).collect(server);
  }

  /** Notes a figure, and shows it, as runs are long. */
  void note(Case which, Figure figure, Server server, double value) {
    results.add(which.title(), figure, server.name(), value);
    System.out.printf("  %s, %s, %s: %.3f%n", which.key(), server.name(), figure.name(), value);
  }
}
