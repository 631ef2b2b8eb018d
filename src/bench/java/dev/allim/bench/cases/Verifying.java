package dev.allim.bench.cases;

import dev.allim.bench.load.Load;
import dev.allim.bench.load.Target;
import dev.allim.bench.report.Figure;
import dev.allim.bench.server.Server;

/**
 * What it costs to publish with a token: 64 publishers without one, and then each with the same.
 */
final class Verifying implements Case {
  private static final int PUBLISHERS = 64;
  private static final Figure WITHOUT = new Figure("publishes/s without a token", 0);
  private static final Figure WITH = new Figure("publishes/s with one", 0);
  private static final Figure RATIO = new Figure("with / without", 2);

  @Override
  public String key() {
    return "tokens";
  }

  @Override
  public String title() {
    return "publishing with a token";
  }

  @Override
  public void run(Lab lab) {
    lab.repeat(this, Mint.SETTINGS, (server, round) -> measure(lab, server, round));
  }

  private void measure(Lab lab, Server server, int round) {
    Target open = server.target();
    Target verified = open.publishingWith(Mint.bearer("bench", "{\"publish\":[\"bench\"]}"));
    double without = rate(lab, server, open, round);
    double with = rate(lab, server, verified, round);
    lab.note(this, WITHOUT, server, without);
    lab.note(this, WITH, server, with);
    lab.note(this, RATIO, server, with / without);
  }

  private static double rate(Lab lab, Server server, Target target, int round) {
    try (Load load = new Load(target, PUBLISHERS)) {
      load.saturate(lab.warmUp(server, round));
      load.settle();
      long start = System.nanoTime();
      load.saturate(lab.settings().measure());
      load.publishers().awaitIdle();
      return load.publishers().answered() * 1e9 / (System.nanoTime() - start);
    }
  }
}
