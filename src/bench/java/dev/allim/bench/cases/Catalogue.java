package dev.allim.bench.cases;

import java.util.List;

/** Every case there is. */
public final class Catalogue {
  private Catalogue() {}

  /** In the order in which they run. */
  public static List<Case> all() {
    return List.of(
        new FanOut("lockstep-1k", "lock-step", 1_000, 4, 2),
        new FanOut("lockstep-10k", "lock-step", 10_000, 4, 2),
        new FanOut("burst", "burst", 100, 16, 64),
        new SteadyRate(),
        new ConnectAndLeave(),
        new IdleStreams(),
        new StalledReaders(),
        new ReconnectStorm(),
        new Resuming(),
        new Publishing("publish", 64),
        new Publishing("publish-one", 1),
        new SinglePublishes(),
        new Verifying(),
        new UnderGrants(),
        new OverTheLimit(),
        new StartUp(),
        new Cold("cold-burst", "burst", 100, 16, 64),
        new Cold("cold-1k", "lock-step, 1,000 readers", 1_000, 4, 2),
        new LargeHistory(),
        new OverNodes(),
        new PublishingAtNodes(),
        new CatchingUp(),
        new InternetScale());
  }
}
