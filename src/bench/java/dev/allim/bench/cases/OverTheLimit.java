package dev.allim.bench.cases;

import dev.allim.bench.load.Network;
import dev.allim.bench.load.Paced;
import dev.allim.bench.report.Figure;
import dev.allim.bench.server.Contender;
import dev.allim.bench.server.Server;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A publisher sends ten times what it may: what another who behaves notices of it. Beside it the
 * same requests to the floor, where it is: it takes them all and has no limit, so what is noticed
 * there is what so many requests do to this machine, load generator and all.
 */
final class OverTheLimit implements Case {
  private static final int LIMIT = 500;
  private static final int BEHAVED = 100;
  private static final int EXCESS = 10;
  private static final Figure ALONE = new Figure("answered within, p99 alone, ms", 2);
  private static final Figure BESIDE = new Figure("p99 beside the other, ms", 2);
  private static final Figure SENT = new Figure("the other's requests/s", 0);
  private static final Figure REFUSED = new Figure("of these refused, %", 1);

  /** Both come from this machine; whom they are forwarded for tells them apart. */
  private static final Map<String, String> LIMITED =
      Map.of(
          "allim.limits.publisher.notifications", Integer.toString(LIMIT),
          "allim.limits.batch", "100",
          "quarkus.http.proxy.proxy-address-forwarding", "true",
          "quarkus.http.proxy.trusted-proxies", "127.0.0.0/8");

  @Override
  public String key() {
    return "limits";
  }

  @Override
  public String title() {
    return "beside a publisher at %d times its limit".formatted(EXCESS);
  }

  @Override
  public void run(Lab lab) {
    lab.repeat(this, LIMITED, (server, round) -> measure(lab, server, round));
    lab.contenders().floor().ifPresent(floor -> measureOnly(lab, floor));
  }

  private void measureOnly(Lab lab, Contender floor) {
    lab.alternate(this, List.of(floor), (server, round) -> measure(lab, server, round));
  }

  private void measure(Lab lab, Server server, int round) {
    Duration time = lab.settings().measure().multipliedBy(3);
    try (Network network = new Network();
        Paced behaved = new Paced(network, server.target(), "192.0.2.1", 4, BEHAVED);
        Paced other = new Paced(network, server.target(), "192.0.2.2", 16, LIMIT * EXCESS)) {
      Paced.drive(network, List.of(behaved, other), lab.warmUp(server, round));
      Paced.drive(network, List.of(behaved), time);
      lab.note(this, ALONE, server, behaved.answerTime().percentileMillis(99));
      Paced.drive(network, List.of(behaved, other), time);
      lab.note(this, BESIDE, server, behaved.answerTime().percentileMillis(99));
      lab.note(this, SENT, server, (double) other.answered() / time.toSeconds());
      lab.note(this, REFUSED, server, 100.0 * other.refused() / other.answered());
      if (behaved.refused() > 0) {
        throw new IllegalStateException("Who behaved was refused");
      }
    }
  }
}
