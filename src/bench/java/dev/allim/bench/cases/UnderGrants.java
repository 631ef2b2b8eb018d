package dev.allim.bench.cases;

import dev.allim.bench.load.Load;
import dev.allim.bench.report.Figure;
import dev.allim.bench.server.Server;
import java.util.List;
import java.util.stream.IntStream;

/** Fan-out to readers without a token, and to as many under a hundred different grants. */
final class UnderGrants implements Case {
  private static final int READERS = 10_000;
  private static final int PUBLISHERS = 4;
  private static final int WINDOW = 2;
  private static final int GRANTS = 100;
  private static final Figure WITHOUT = new Figure("server CPU per delivery without tokens, µs", 2);
  private static final Figure WITH = new Figure("under grants, µs", 2);
  private static final Figure RATIO = new Figure("with / without", 2);

  @Override
  public String key() {
    return "grants";
  }

  @Override
  public String title() {
    return "fan-out to %,d readers under %d grants".formatted(READERS, GRANTS);
  }

  @Override
  public void run(Lab lab) {
    lab.repeat(this, Mint.SETTINGS, (server, round) -> measure(lab, server, round));
  }

  private void measure(Lab lab, Server server, int round) {
    double without = cpu(lab, server, round, List.of(""));
    double with = cpu(lab, server, round, grants());
    lab.note(this, WITHOUT, server, without);
    lab.note(this, WITH, server, with);
    lab.note(this, RATIO, server, with / without);
  }

  private static List<String> grants() {
    return IntStream.range(0, GRANTS)
        .mapToObj(user -> "{\"subscribe\":[\"users/%d/{+rest}\",\"bench\"]}".formatted(user))
        .map(grant -> Mint.bearer("bench", grant) + "\r\n")
        .toList();
  }

  private static double cpu(Lab lab, Server server, int round, List<String> headers) {
    try (Load load = new Load(server.target(), PUBLISHERS)) {
      load.crowd().gather(lab.scaled(READERS), headers);
      load.closedLoop(WINDOW, lab.warmUp(server, round));
      load.settle();
      Watch watch = new Watch(server);
      load.closedLoop(WINDOW, lab.settings().measure());
      load.settle();
      return watch.cpuSeconds() * 1e6 / load.tally().delivered();
    }
  }
}
