package dev.allim.bench.load;

import java.time.Duration;
import java.util.List;

/** Publishers of one client who send at a steady rate, as far as they are answered. */
public final class Paced implements AutoCloseable {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Publishers publishers;
  private final long interval;
  private long start;
  private long sent;

  /**
   * Opens their connections.
   *
   * @param client the address that they say they were forwarded for
   */
  public Paced(Network network, Target target, String client, int connections, int perSecond) {
    this.publishers =
        new Publishers(
            network,
            new Tally(),
            target.port(),
            target.post().forwardedFor(client),
            connections,
            Load.PAYLOAD_BYTES,
            true);
    this.interval = SECOND / perSecond;
  }

  /** Has all of them send for that long, and forgets what was before. */
  public static void drive(Network network, List<Paced> all, Duration time) {
    long start = System.nanoTime();
    all.forEach(one -> one.begin(start));
    for (long now = start; now - start < time.toNanos(); now = System.nanoTime()) {
      boolean any = false;
      for (Paced one : all) {
        any |= one.sendIfDue(now);
      }
      network.turn(any ? 0 : 1);
    }
    all.forEach(one -> one.publishers.awaitIdle());
  }

  private void begin(long now) {
    start = now;
    sent = 0;
    publishers.restart();
  }

  private boolean sendIfDue(long now) {
    boolean published = now - (start + sent * interval) >= 0 && publishers.publish(now);
    sent += published ? 1 : 0;
    return published;
  }

  /** Requests that were answered. */
  public long answered() {
    return publishers.answered();
  }

  /** Of these, with 429. */
  public long refused() {
    return publishers.refused();
  }

  /** From the request to its answer. */
  public Histogram answerTime() {
    return publishers.answerTime();
  }

  @Override
  public void close() {
    publishers.close();
  }
}
