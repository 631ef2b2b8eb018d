package dev.allim.bench.cases;

import dev.allim.bench.load.Load;
import dev.allim.bench.report.Figure;
import dev.allim.bench.server.Contender;
import dev.allim.bench.server.Server;
import java.time.Duration;

/**
 * Ten thousand readers come, read nothing and leave, ten times over: what one takes, and what stays
 * behind. What one takes always counts from before the first came, as memory that a process once
 * had it may keep for those who come next.
 */
final class ConnectAndLeave implements Case {
  private static final int READERS = 10_000;
  private static final int ROUNDS = 10;
  private static final int FIRST_EVER = 200;
  private static final Duration REST = Duration.ofMillis(500);

  /** A collector gives memory back to the system in the background. */
  private static final Duration GIVING_BACK = Duration.ofSeconds(1);

  private static final Figure PER_STREAM = new Figure("memory per idle stream, KiB", 1);
  private static final Figure AFTER_TWO = new Figure("memory after 2 rounds, MiB", 1);
  private static final Figure AFTER_ALL = new Figure("memory after 10 rounds, MiB", 1);

  @Override
  public String key() {
    return "memory";
  }

  @Override
  public String title() {
    return "%,d connect and leave, %d times".formatted(READERS, ROUNDS);
  }

  @Override
  public void run(Lab lab) {
    for (Contender contender : lab.contenders().servers()) {
      try (Server server = lab.start(contender, this);
          // a connection that says nothing for so long would be closed
          Load load = new Load(server.target(), 0)) {
        comeAndGo(lab, server, load, FIRST_EVER);
        measure(lab, server, load);
      }
    }
  }

  private void measure(Lab lab, Server server, Load load) {
    int readers = lab.scaled(READERS);
    double empty = kilobytes(lab, server, load);
    for (int round = 1; round <= ROUNDS; round++) {
      double full = comeAndGo(lab, server, load, readers);
      lab.note(this, PER_STREAM, server, (full - empty) / readers);
      if (round == 2) {
        lab.note(this, AFTER_TWO, server, kilobytes(lab, server, load) / 1024);
      }
    }
    lab.note(this, AFTER_ALL, server, kilobytes(lab, server, load) / 1024);
  }

  /** Returns what the server took while they were there. */
  private static double comeAndGo(Lab lab, Server server, Load load, int readers) {
    double open = server.usage().openFiles();
    load.crowd().gather(readers);
    double kilobytes = kilobytes(lab, server, load);
    load.crowd().close();
    Lab.await(() -> server.usage().openFiles() <= open);
    return kilobytes;
  }

  private static double kilobytes(Lab lab, Server server, Load load) {
    load.network().turnFor(REST);
    lab.collectGarbage(server);
    load.network().turnFor(GIVING_BACK);
    return server.usage().proportionalKilobytes();
  }
}
