package dev.allim.bench.cases;

import dev.allim.bench.load.Load;
import dev.allim.bench.report.Figure;
import dev.allim.bench.server.Contender;
import dev.allim.bench.server.Server;
import java.time.Duration;

/** Ten thousand streams on which nothing happens but heartbeats. */
final class IdleStreams implements Case {
  private static final int READERS = 10_000;

  /** The default: each window holds one heartbeat for each stream. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private static final Figure CORE = new Figure("server CPU, % of a core", 2);

  @Override
  public String key() {
    return "idle";
  }

  @Override
  public String title() {
    return "%,d idle streams, heartbeat %d s".formatted(READERS, HEARTBEAT.toSeconds());
  }

  @Override
  public void run(Lab lab) {
    for (Contender contender : lab.contenders().servers()) {
      try (Server server = lab.start(contender, this);
          // a connection that says nothing for so long would be closed
          Load load = new Load(server.target(), 0)) {
        load.crowd().gather(lab.scaled(READERS));
        load.network().turnFor(lab.warmUp(server, 0));
        for (int window = 0; window < lab.settings().repeat(); window++) {
          Watch watch = new Watch(server);
          load.network().turnFor(HEARTBEAT);
          lab.note(this, CORE, server, 100 * watch.cpuSeconds() / watch.seconds());
        }
      }
    }
  }
}
