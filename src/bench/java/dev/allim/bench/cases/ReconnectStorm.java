package dev.allim.bench.cases;

import dev.allim.bench.load.Load;
import dev.allim.bench.report.Figure;
import dev.allim.bench.server.Server;
import java.time.Duration;

/** All streams are cut in one moment, and all readers come back at once, with no jitter. */
final class ReconnectStorm implements Case {
  private static final int READERS = 10_000;
  private static final Figure BACK = new Figure("until all are back, s", 2);
  private static final Figure WITHOUT = new Figure("readers left without a stream", 0);
  private static final Figure UNHEARD = new Figure("readers that miss the next event", 0);

  @Override
  public String key() {
    return "storm";
  }

  @Override
  public String title() {
    return "%,d cut and reconnecting".formatted(READERS);
  }

  @Override
  public void run(Lab lab) {
    lab.alternate(this, lab.contenders().servers(), (server, round) -> measure(lab, server));
  }

  private void measure(Lab lab, Server server) {
    int readers = lab.scaled(READERS);
    try (Load load = new Load(server.target(), 1)) {
      load.crowd().gather(readers);
      Watch watch = new Watch(server);
      load.crowd().close();
      load.crowd().storm(readers);
      lab.note(this, BACK, server, watch.seconds());
      lab.note(this, WITHOUT, server, load.crowd().without());
      load.openLoop(1, Duration.ofMillis(1));
      load.settle();
      lab.note(this, UNHEARD, server, load.missing());
    }
  }
}
