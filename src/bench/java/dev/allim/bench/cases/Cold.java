package dev.allim.bench.cases;

import dev.allim.bench.load.Load;
import dev.allim.bench.report.Figure;
import dev.allim.bench.server.Contender;
import dev.allim.bench.server.Server;
import java.time.Duration;

/**
 * Whoever deploys at noon: a process that nobody has used yet gets everything at once. What it does
 * in its seconds 2 to 10 is compared with what it does once it is warm.
 */
record Cold(String key, String what, int readers, int publishers, int window) implements Case {
  private static final Figure FIRST = new Figure("first publish answered, ms", 1);
  private static final Figure COLD = new Figure("deliveries/s, seconds 2 to 10", 0);
  private static final Figure WARM = new Figure("deliveries/s, warm", 0);
  private static final Figure RATIO = new Figure("cold / warm", 2);

  private static final Duration FIRST_SECOND = Duration.ofSeconds(1);
  private static final Duration COLD_SECONDS = Duration.ofSeconds(9);
  private static final Duration WARMING = Duration.ofSeconds(20);

  @Override
  public String title() {
    return "a fresh process: " + what;
  }

  @Override
  public void run(Lab lab) {
    for (int round = 0; round < lab.settings().repeat(); round++) {
      lab.contenders().hubs().forEach(hub -> measure(lab, hub));
    }
  }

  private void measure(Lab lab, Contender hub) {
    try (Server server = lab.start(hub, this);
        Load load = new Load(server.target(), publishers)) {
      lab.note(this, FIRST, server, firstAnswerMillis(load));
      load.crowd().gather(readers);
      load.closedLoop(window, FIRST_SECOND);
      double cold = rate(load, COLD_SECONDS);
      load.closedLoop(window, lab.settings().quick() ? FIRST_SECOND : WARMING);
      double warm = rate(load, lab.settings().measure());
      lab.note(this, COLD, server, cold);
      lab.note(this, WARM, server, warm);
      lab.note(this, RATIO, server, cold / warm);
    }
  }

  private static double firstAnswerMillis(Load load) {
    load.publishers().restart();
    load.publishers().publish(System.nanoTime());
    load.publishers().awaitIdle();
    return load.publishers().answerTime().percentileMillis(100);
  }

  private double rate(Load load, Duration time) {
    long start = System.nanoTime();
    load.closedLoop(window, time);
    return load.tally().delivered() * 1e9 / (System.nanoTime() - start);
  }
}
