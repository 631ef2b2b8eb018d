package dev.allim.bench.load;

import java.time.Duration;

/** A crowd and its publishers, driven in one of two ways. */
public final class Load implements AutoCloseable {
  /** What the browsers of the hub's own feed get, about. */
  public static final int PAYLOAD_BYTES = 100;

  /** How long nothing may arrive before the rest is given up. */
  private static final Duration QUIET = Duration.ofSeconds(3);

  private final Network network = new Network();
  private final Tally tally = new Tally();
  private final Crowd crowd;
  private final Publishers publishers;

  /** Opens the publishers' connections; the crowd has yet to {@linkplain Crowd#gather gather}. */
  public Load(Target target, int publishers) {
    this(target, target, publishers);
  }

  /** The same with a crowd at one node of a hub and publishers at another. */
  public Load(Target reads, Target publishes, int publishers) {
    this.crowd = Crowd.reading(network, tally, reads.port(), reads.streamPath());
    this.publishers =
        new Publishers(
            network, tally, publishes.port(), publishes.post(), publishers, PAYLOAD_BYTES);
  }

  /** The network of all this. */
  public Network network() {
    return network;
  }

  /** What was published and delivered. */
  public Tally tally() {
    return tally;
  }

  /** Those who read. */
  public Crowd crowd() {
    return crowd;
  }

  /** Those who publish. */
  public Publishers publishers() {
    return publishers;
  }

  /** Publishes whenever fewer than {@code window} events are not yet with everybody. */
  public void closedLoop(int window, Duration time) {
    long end = System.nanoTime() + time.toNanos();
    long readers = crowd.size();
    tally.restart();
    for (long now = System.nanoTime(); now - end < 0; now = System.nanoTime()) {
      boolean room = tally.published() * readers < tally.delivered() + window * readers;
      network.turn(room && publishers.publish(now) ? 0 : 1);
    }
  }

  /**
   * Publishes at a steady rate, however late the deliveries: latency counts from when an event was
   * due, not from when it could be sent.
   */
  public void openLoop(int perSecond, Duration time) {
    long start = System.nanoTime();
    long end = start + time.toNanos();
    long interval = Duration.ofSeconds(1).toNanos() / perSecond;
    tally.restart();
    for (long now = start; now - end < 0; now = System.nanoTime()) {
      long due = start + tally.published() * interval;
      boolean published = now - due >= 0 && publishers.publish(due);
      network.turn(published ? 0 : 1);
    }
  }

  /** Publishes on every connection as fast as it is answered, whoever reads. */
  public void saturate(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    tally.restart();
    publishers.restart();
    for (long now = System.nanoTime(); now - end < 0; now = System.nanoTime()) {
      network.turn(publishers.publish(now) ? 0 : 1);
    }
  }

  /** Waits for what is under way, as long as something still arrives. */
  public void settle() {
    publishers.awaitIdle();
    long before;
    do {
      before = tally.delivered();
    } while (!network.turnUntil(() -> missing() == 0, QUIET) && tally.delivered() > before);
  }

  /** Deliveries that should have been and were not. */
  public long missing() {
    return tally.published() * crowd.size() - tally.delivered();
  }

  @Override
  public void close() {
    crowd.close();
    publishers.close();
    network.close();
  }
}
