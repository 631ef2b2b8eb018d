package dev.allim.bench.cases;

import dev.allim.bench.report.Figure;
import dev.allim.bench.server.Contender;
import dev.allim.bench.server.Server;

/** From the start of the process until it accepts connections. */
final class StartUp implements Case {
  private static final Figure TIME = new Figure("until it accepts, ms", 0);
  private static final Figure MEMORY = new Figure("memory then, MiB", 0);

  @Override
  public String key() {
    return "start";
  }

  @Override
  public String title() {
    return "start";
  }

  @Override
  public void run(Lab lab) {
    for (int round = 0; round < lab.settings().repeat(); round++) {
      lab.contenders().hubs().forEach(hub -> measure(lab, hub));
    }
  }

  private void measure(Lab lab, Contender hub) {
    try (Server server = lab.start(hub, this)) {
      lab.note(this, TIME, server, server.startedIn().toMillis());
      lab.note(this, MEMORY, server, server.usage().proportionalKilobytes() / 1024);
    }
  }
}
