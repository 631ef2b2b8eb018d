package dev.allim.bench.cases;

import dev.allim.bench.load.Histogram;
import dev.allim.bench.load.Load;
import dev.allim.bench.report.Figure;
import dev.allim.bench.server.Server;

/** An event every 20 ms, whatever becomes of it: how long until a reader has it. */
final class SteadyRate implements Case {
  static final int PER_SECOND = 50;
  private static final int READERS = 1_000;
  private static final int PUBLISHERS = 4;

  @Override
  public String key() {
    return "latency";
  }

  @Override
  public String title() {
    return "open loop: %,d readers, %d events/s".formatted(READERS, PER_SECOND);
  }

  @Override
  public void run(Lab lab) {
    lab.alternate(this, lab.contenders().all(), (server, round) -> measure(lab, server, round));
  }

  private void measure(Lab lab, Server server, int round) {
    try (Load load = new Load(server.target(), PUBLISHERS)) {
      load.crowd().gather(lab.scaled(READERS));
      load.openLoop(PER_SECOND, lab.warmUp(server, round));
      load.settle();
      load.openLoop(PER_SECOND, lab.settings().measure());
      load.settle();
      Histogram latency = load.tally().latency();
      lab.note(this, Figure.latency("p50"), server, latency.percentileMillis(50));
      lab.note(this, Figure.latency("p99"), server, latency.percentileMillis(99));
      lab.note(this, Figure.latency("p99.9"), server, latency.percentileMillis(99.9));
    }
  }
}
