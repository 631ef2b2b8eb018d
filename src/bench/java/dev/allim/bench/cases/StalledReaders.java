package dev.allim.bench.cases;

import dev.allim.bench.load.Crowd;
import dev.allim.bench.load.Load;
import dev.allim.bench.load.Post;
import dev.allim.bench.load.Publishers;
import dev.allim.bench.load.Tally;
import dev.allim.bench.report.Figure;
import dev.allim.bench.server.Server;
import java.util.List;

/**
 * Fifty of a thousand never read. Their sockets are first filled with large events of a topic that
 * only they asked for, so that they are stalled from the first moment that is measured. That the
 * hub gives them up afterwards shows that they were.
 */
final class StalledReaders implements Case {
  private static final int READING = 950;
  private static final int STALLED = 50;
  private static final int PUBLISHERS = 4;

  /** A percentile of latency wants more to look at than a mean. */
  private static final int WINDOWS = 3;

  /** More than the kernel buffers for one socket on the loopback device. */
  private static final int FILLING_EVENTS = 128;

  private static final int FILLING_BYTES = 64 * 1024;
  private static final Figure WITHOUT = Figure.latency("p99 of 950 without stalled ones");
  private static final Figure WITH = Figure.latency("p99 of 950 beside 50 stalled ones");
  private static final Figure RATIO = new Figure("p99 with / without", 2);
  private static final Figure GIVEN_UP = new Figure("stalled readers given up", 0);

  @Override
  public String key() {
    return "stalled";
  }

  @Override
  public String title() {
    return "%d of %,d stalled, %d events/s"
        .formatted(STALLED, READING + STALLED, SteadyRate.PER_SECOND);
  }

  @Override
  public void run(Lab lab) {
    lab.alternate(
        this, List.of(lab.contenders().hub()), (server, round) -> measure(lab, server, round));
  }

  private void measure(Lab lab, Server server, int round) {
    try (Load load = new Load(server.target(), PUBLISHERS)) {
      load.crowd().gather(READING);
      load.openLoop(SteadyRate.PER_SECOND, lab.warmUp(server, round));
      load.settle();
      double without = p99(lab, load);
      double with = p99BesideStalled(lab, server, load);
      lab.note(this, WITHOUT, server, without);
      lab.note(this, WITH, server, with);
      lab.note(this, RATIO, server, with / without);
    }
  }

  private static double p99(Lab lab, Load load) {
    load.openLoop(SteadyRate.PER_SECOND, lab.settings().measure().multipliedBy(WINDOWS));
    load.settle();
    return load.tally().latency().percentileMillis(99);
  }

  private double p99BesideStalled(Lab lab, Server server, Load load) {
    double open = server.usage().openFiles();
    String both = "/events?topic=bench&topic=filling";
    try (Crowd stalled = Crowd.stalling(load.network(), server.target().port(), both)) {
      stalled.gather(STALLED);
      fill(server, load);
      double p99 = p99(lab, load);
      boolean gone = Lab.await(() -> server.usage().openFiles() <= open);
      double left = gone ? 0 : server.usage().openFiles() - open;
      lab.note(this, GIVEN_UP, server, STALLED - left);
      return p99;
    }
  }

  private static void fill(Server server, Load load) {
    int port = server.target().port();
    try (Publishers filling =
        new Publishers(
            load.network(), new Tally(), port, Post.plain("/events/filling"), 1, FILLING_BYTES)) {
      for (int i = 0; i < FILLING_EVENTS; i++) {
        filling.publish(System.nanoTime());
        filling.awaitIdle();
      }
    }
  }
}
