package dev.allim.bench.cases;

import dev.allim.bench.load.Crowd;
import dev.allim.bench.load.Load;
import dev.allim.bench.report.Figure;
import dev.allim.bench.server.Server;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Five thousand readers come back and each has missed a thousand events. */
final class Resuming implements Case {
  private static final int READERS = 5_000;
  private static final int MISSED = 1_000;
  private static final int PUBLISHERS = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
  private static final Figure ALL = new Figure("until all have everything, s", 2);

  @Override
  public String key() {
    return "resume";
  }

  @Override
  public String title() {
    return "%,d resume %,d events each".formatted(READERS, MISSED);
  }

  @Override
  public void run(Lab lab) {
    lab.alternate(this, lab.contenders().hubs(), (server, round) -> measure(lab, server));
  }

  private void measure(Lab lab, Server server) {
    try (Load load = new Load(server.target(), PUBLISHERS)) {
      String path = server.target().streamBehind(lastSeen(load));
      int port = server.target().port();
      miss(load);
      try (Crowd crowd = Crowd.reading(load.network(), load.tally(), port, path)) {
        resume(lab, server, load, crowd);
      }
    }
  }

  private static String lastSeen(Load load) {
    load.publishers().publish(System.nanoTime());
    load.publishers().awaitIdle();
    Matcher id = ID.matcher(load.publishers().lastAnswer());
    if (!id.find()) {
      throw new IllegalStateException("No id in the answer: " + load.publishers().lastAnswer());
    }
    return id.group(1);
  }

  private static void miss(Load load) {
    load.tally().restart();
    while (load.tally().published() < MISSED) {
      load.network().turn(load.publishers().publish(System.nanoTime()) ? 0 : 1);
    }
    load.publishers().awaitIdle();
  }

  private void resume(Lab lab, Server server, Load load, Crowd crowd) {
    int readers = lab.scaled(READERS);
    long all = (long) readers * MISSED;
    Watch watch = new Watch(server);
    crowd.gather(readers);
    load.network().turnUntil(() -> load.tally().delivered() == all, PATIENCE);
    lab.note(this, ALL, server, watch.seconds());
    lab.note(this, Figure.DELIVERIES, server, load.tally().delivered() / watch.seconds());
    lab.note(this, Figure.CPU, server, watch.cpuSeconds() * 1e6 / load.tally().delivered());
    lab.note(this, Figure.MISSING, server, all - load.tally().delivered());
  }
}
