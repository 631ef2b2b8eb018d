package dev.allim.bench.cases;

import dev.allim.bench.load.Histogram;
import dev.allim.bench.load.Load;
import dev.allim.bench.report.Figure;
import dev.allim.bench.server.Nodes;
import dev.allim.bench.server.Server;

/**
 * A thousand events a second are published at one node on Redis, and read at another; a third has
 * no reader for anything.
 */
final class OverNodes implements Case {
  private static final int PER_SECOND = 1_000;
  private static final int READERS = 10;
  private static final int PUBLISHERS = 32;
  private static final int NODES = 3;
  private static final Figure IDLE = new Figure("CPU per event of a node without readers, µs", 1);

  @Override
  public String key() {
    return "nodes-latency";
  }

  @Override
  public String title() {
    return "published at a node, read at another: %,d events/s".formatted(PER_SECOND);
  }

  @Override
  public void run(Lab lab) {
    Nodes.start(lab.settings(), NODES)
        .ifPresent(
            nodes -> {
              try (nodes) {
                for (int round = 0; round < lab.settings().repeat(); round++) {
                  measure(lab, nodes, round);
                }
              }
            });
  }

  private void measure(Lab lab, Nodes nodes, int round) {
    Server reads = nodes.get(1);
    try (Load load = new Load(reads.target(), nodes.get(0).target(), PUBLISHERS)) {
      load.crowd().gather(READERS);
      load.openLoop(PER_SECOND, lab.warmUp(reads, round, NODES));
      load.settle();
      Watch idle = new Watch(nodes.get(2));
      load.openLoop(PER_SECOND, lab.settings().measure());
      load.settle();
      double cpu = idle.cpuSeconds();
      Histogram latency = load.tally().latency();
      lab.note(this, Figure.latency("p50"), reads, latency.percentileMillis(50));
      lab.note(this, Figure.latency("p99"), reads, latency.percentileMillis(99));
      lab.note(this, IDLE, reads, cpu * 1e6 / load.tally().published());
      lab.note(this, Figure.MISSING, reads, load.missing());
    }
  }
}
