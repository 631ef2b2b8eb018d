package dev.allim.bench.cases;

import dev.allim.bench.load.Load;
import dev.allim.bench.report.Figure;
import dev.allim.bench.server.Server;

/** Publishers that wait for their answer before they publish again; nobody reads. */
record Publishing(String key, int publishers) implements Case {
  private static final Figure RATE = new Figure("publishes/s", 0);
  private static final Figure HALF = new Figure("answered within, p50, ms", 2);
  private static final Figure MOST = new Figure("answered within, p99, ms", 2);
  private static final Figure CPU = new Figure("server CPU per publish, µs", 1);

  @Override
  public String title() {
    return publishers == 1 ? "one publisher" : "%d publishers".formatted(publishers);
  }

  @Override
  public void run(Lab lab) {
    lab.alternate(this, lab.contenders().hubs(), (server, round) -> measure(lab, server, round));
  }

  private void measure(Lab lab, Server server, int round) {
    try (Load load = new Load(server.target(), publishers)) {
      load.saturate(lab.warmUp(server, round));
      load.settle();
      Watch watch = new Watch(server);
      load.saturate(lab.settings().measure());
      load.publishers().awaitIdle();
      long answered = load.publishers().answered();
      lab.note(this, RATE, server, answered / watch.seconds());
      lab.note(this, CPU, server, watch.cpuSeconds() * 1e6 / answered);
      lab.note(this, HALF, server, load.publishers().answerTime().percentileMillis(50));
      lab.note(this, MOST, server, load.publishers().answerTime().percentileMillis(99));
    }
  }
}
