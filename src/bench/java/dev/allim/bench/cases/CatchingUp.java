package dev.allim.bench.cases;

import dev.allim.bench.load.Crowd;
import dev.allim.bench.load.Load;
import dev.allim.bench.report.Figure;
import dev.allim.bench.server.Nodes;
import dev.allim.bench.server.Server;
import java.time.Duration;

/**
 * Readers come with nothing to a node that has just started, and are given all there is in Redis.
 */
final class CatchingUp implements Case {
  private static final int EVENTS = 20_000;
  private static final int READERS = 4;
  private static final int PUBLISHERS = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Figure RATE = new Figure("events/s of one reader", 0);

  @Override
  public String key() {
    return "nodes-catch-up";
  }

  @Override
  public String title() {
    return "%d readers of %,d events each at a new node".formatted(READERS, EVENTS);
  }

  @Override
  public void run(Lab lab) {
    Nodes.start(lab.settings(), 1)
        .ifPresent(
            nodes -> {
              try (nodes) {
                measure(lab, nodes);
              }
            });
  }

  private void measure(Lab lab, Nodes nodes) {
    try (Load load = new Load(nodes.get(0).target(), PUBLISHERS)) {
      int events = lab.scaled(EVENTS);
      while (load.tally().published() < events) {
        load.network().turn(load.publishers().publish(System.nanoTime()) ? 0 : 1);
      }
      load.publishers().awaitIdle();
      for (int round = 0; round < lab.settings().repeat(); round++) {
        Server fresh = nodes.startOneMore();
        String path = fresh.target().streamPath() + "?since=earliest";
        try (Crowd crowd =
            Crowd.reading(load.network(), load.tally(), fresh.target().port(), path)) {
          catchUp(lab, fresh, load, crowd, events);
        }
        fresh.close();
      }
    }
  }

  private void catchUp(Lab lab, Server server, Load load, Crowd crowd, int events) {
    long before = load.tally().delivered();
    long all = (long) READERS * events;
    Watch watch = new Watch(server);
    crowd.gather(READERS);
    load.network().turnUntil(() -> load.tally().delivered() - before == all, PATIENCE);
    lab.note(this, RATE, server, (load.tally().delivered() - before) / READERS / watch.seconds());
    lab.note(this, Figure.MISSING, server, all - (load.tally().delivered() - before));
  }
}
