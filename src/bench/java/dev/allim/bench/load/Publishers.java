package dev.allim.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Connections to publish on, used in turn. Every event is text that begins with its mark. */
public final class Publishers implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Network network;
  private final Tally tally;
  private final List<Publisher> publishers = new ArrayList<>();
  private final Histogram answerTime = new Histogram();
  private int turn;
  private long answered;
  private String lastAnswer = "";
  private final boolean maybeRefused;
  private long refused;

  /** Opens {@code count} connections. */
  public Publishers(
      Network network, Tally tally, int port, Post post, int count, int payloadBytes) {
    this(network, tally, port, post, count, payloadBytes, false);
  }

  /**
   * The same.
   *
   * @param maybeRefused whether 429 is an answer like another
   */
  Publishers(
      Network network,
      Tally tally,
      int port,
      Post post,
      int count,
      int payloadBytes,
      boolean maybeRefused) {
    this.maybeRefused = maybeRefused;
    this.network = network;
    this.tally = tally;
    for (int i = 0; i < count; i++) {
      Publisher publisher =
          new Publisher(network, this, post.begin(port, payloadBytes), payloadBytes, post.end());
      publishers.add(publisher);
      publisher.dial(port);
    }
    awaitIdle();
  }

  void answered(String answer, long nanos) {
    if (maybeRefused && answer.startsWith("HTTP/1.1 429")) {
      refused++;
    } else if (!answer.startsWith("HTTP/1.1 2")) {
      throw new IllegalStateException("A publish was answered: " + answer);
    }
    answered++;
    answerTime.record(nanos);
    lastAnswer = answer;
  }

  /** Publishes one event that was due at {@code due}; false if every connection is busy. */
  public boolean publish(long due) {
    for (int i = 0; i < publishers.size(); i++) {
      turn = (turn + 1) % publishers.size();
      if (publishers.get(turn).isIdle()) {
        publish(publishers.get(turn), due);
        return true;
      }
    }
    return false;
  }

  private void publish(Publisher publisher, long due) {
    try {
      publisher.publish(tally.number(due));
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot publish", failure);
    }
  }

  /** Returns when every publish is answered. */
  public void awaitIdle() {
    if (!network.turnUntil(() -> publishers.stream().allMatch(Publisher::isIdle), PATIENCE)) {
      throw new IllegalStateException("A publish was not answered within " + PATIENCE);
    }
  }

  /** Forgets the answers so far. */
  public void restart() {
    answered = 0;
    refused = 0;
    answerTime.clear();
  }

  /** Publishes answered since the last restart. */
  public long answered() {
    return answered;
  }

  /** Of these, with 429. */
  long refused() {
    return refused;
  }

  /** From the request to its answer. */
  public Histogram answerTime() {
    return answerTime;
  }

  /** Head and body of the last answer. */
  public String lastAnswer() {
    return lastAnswer;
  }

  @Override
  public void close() {
    publishers.forEach(Publisher::close);
    network.turn(0);
  }
}
