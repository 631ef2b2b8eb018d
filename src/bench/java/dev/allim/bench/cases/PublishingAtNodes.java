package dev.allim.bench.cases;

import dev.allim.bench.load.Load;
import dev.allim.bench.load.Network;
import dev.allim.bench.load.Publishers;
import dev.allim.bench.load.Tally;
import dev.allim.bench.load.Target;
import dev.allim.bench.report.Figure;
import dev.allim.bench.server.Nodes;
import dev.allim.bench.server.Server;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Publishers that wait for their answer at three nodes on Redis, and as many at one hub that waits
 * for its disk: both answer what a power cut does not take back, and both warm up equally long.
 */
final class PublishingAtNodes implements Case {
  private static final int NODES = 3;
  private static final int PUBLISHERS = 96;
  private static final Figure THREE_NODES = new Figure("publishes/s, three nodes", 0);
  private static final Figure EMBEDDED = new Figure("publishes/s, one embedded", 0);

  @Override
  public String key() {
    return "nodes-publish";
  }

  @Override
  public String title() {
    return "%d publishers at three nodes".formatted(PUBLISHERS);
  }

  @Override
  public void run(Lab lab) {
    Nodes.start(lab.settings(), NODES)
        .ifPresent(
            nodes -> {
              try (nodes) {
                measure(lab, THREE_NODES, nodes.all());
              }
            });
    Map<String, String> onDisk = Map.of("allim.history.durability", "disk");
    try (Server embedded = lab.contenders().hub().start(onDisk)) {
      measure(lab, EMBEDDED, List.of(embedded));
    }
  }

  private void measure(Lab lab, Figure figure, List<Server> servers) {
    for (int round = 0; round < lab.settings().repeat(); round++) {
      try (Network network = new Network()) {
        List<Publishers> all =
            servers.stream().map(server -> publishers(network, server, servers.size())).toList();
        drive(network, all, lab.warmUp(servers.get(0), round, NODES));
        Watch watch = new Watch(servers.get(0));
        drive(network, all, lab.settings().measure());
        long answered = all.stream().mapToLong(Publishers::answered).sum();
        lab.note(this, figure, servers.get(0), answered / watch.seconds());
        all.forEach(Publishers::close);
      }
    }
  }

  private static Publishers publishers(Network network, Server server, int servers) {
    Target target = server.target();
    return new Publishers(
        network,
        new Tally(),
        target.port(),
        target.post(),
        PUBLISHERS / servers,
        Load.PAYLOAD_BYTES);
  }

  private static void drive(Network network, List<Publishers> all, Duration time) {
    all.forEach(Publishers::restart);
    long end = System.nanoTime() + time.toNanos();
    for (long now = System.nanoTime(); now - end < 0; now = System.nanoTime()) {
      boolean any = false;
      for (Publishers each : all) {
        any |= each.publish(now);
      }
      network.turn(any ? 0 : 1);
    }
    all.forEach(Publishers::awaitIdle);
  }
}
