package dev.allim.bench.cases;

import dev.allim.bench.load.Load;
import dev.allim.bench.report.Figure;
import dev.allim.bench.server.Server;

/**
 * Many readers of one topic; a new event is published as soon as fewer than {@code window} are not
 * yet with everybody.
 */
record FanOut(String key, String name, int readers, int publishers, int window) implements Case {
  @Override
  public String title() {
    return "%s: %,d readers, %d in flight".formatted(name, readers, window);
  }

  @Override
  public void run(Lab lab) {
    lab.alternate(this, lab.contenders().all(), (server, round) -> measure(lab, server, round));
  }

  private void measure(Lab lab, Server server, int round) {
    try (Load load = new Load(server.target(), publishers)) {
      load.crowd().gather(lab.scaled(readers));
      load.closedLoop(window, lab.warmUp(server, round));
      load.settle();
      Watch watch = new Watch(server);
      load.closedLoop(window, lab.settings().measure());
      load.settle();
      double seconds = watch.seconds();
      double cpu = watch.cpuSeconds();
      long delivered = load.tally().delivered();
      lab.note(this, Figure.DELIVERIES, server, delivered / seconds);
      lab.note(this, Figure.CPU, server, cpu * 1e6 / delivered);
      lab.note(this, Figure.MISSING, server, load.missing());
    }
  }
}
