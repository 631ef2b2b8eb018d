package dev.allim.bench.cases;

import dev.allim.bench.load.Load;
import dev.allim.bench.report.Figure;
import dev.allim.bench.server.Server;

/**
 * Single events at a moderate rate, which is what nearly everybody publishes: what one costs, and
 * how long until the one reader has it.
 */
final class SinglePublishes implements Case {
  private static final int PER_SECOND = 2_000;
  private static final int PUBLISHERS = 16;
  private static final Figure CPU = new Figure("server CPU per publish, µs", 1);

  @Override
  public String key() {
    return "single";
  }

  @Override
  public String title() {
    return "%,d single publishes/s, one reader".formatted(PER_SECOND);
  }

  @Override
  public void run(Lab lab) {
    lab.alternate(this, lab.contenders().hubs(), (server, round) -> measure(lab, server, round));
  }

  private void measure(Lab lab, Server server, int round) {
    try (Load load = new Load(server.target(), PUBLISHERS)) {
      load.crowd().gather(1);
      load.openLoop(PER_SECOND, lab.warmUp(server, round));
      load.settle();
      Watch watch = new Watch(server);
      load.openLoop(PER_SECOND, lab.settings().measure());
      load.settle();
      lab.note(this, CPU, server, watch.cpuSeconds() * 1e6 / load.tally().published());
      lab.note(this, Figure.latency("p50"), server, load.tally().latency().percentileMillis(50));
      lab.note(this, Figure.latency("p99"), server, load.tally().latency().percentileMillis(99));
    }
  }
}
