package dev.allim.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Readers of one stream. */
public final class Crowd implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int UNANSWERED_AT_MOST = 200;
  private static final int DIALS_A_TURN = 50;

  /** The least that Linux allows. */
  private static final int SMALLEST_RECEIVE_BUFFER = 2048;

  private final Network network;
  private final Tally tally;
  private final int port;
  private final String path;
  private final boolean stalling;
  private final List<Reader> readers = new ArrayList<>();
  private int opened;
  private int refused;
  private int ended;
  private String firstRefusal = "";

  private Crowd(Network network, Tally tally, int port, String path, boolean stalling) {
    this.network = network;
    this.tally = tally;
    this.port = port;
    this.stalling = stalling;
    this.path = path;
  }

  private ByteBuffer request(String headers) {
    return ByteBuffer.wrap(
        "GET %s HTTP/1.1\r\nHost: localhost:%d\r\nAccept: text/event-stream\r\n%s\r\n"
            .formatted(path, port, headers)
            .getBytes(StandardCharsets.US_ASCII));
  }

  /** A crowd of nobody yet, that will read whatever comes. */
  public static Crowd reading(Network network, Tally tally, int port, String path) {
    return new Crowd(network, tally, port, path, false);
  }

  /** A crowd of nobody yet, that will ask for the stream and never read from it. */
  public static Crowd stalling(Network network, int port, String path) {
    return new Crowd(network, new Tally(), port, path, true);
  }

  // ---- by the readers

  void opened(Reader reader) {
    opened++;
    if (stalling) {
      reader.stall();
    }
  }

  void refused(String why) {
    firstRefusal = refused++ == 0 ? why : firstRefusal;
  }

  void ended() {
    ended++;
  }

  void read(Marks marks, ByteBuffer bytes) {
    marks.scan(bytes, tally, System.nanoTime());
  }

  // ---- by the cases

  /** Lets {@code count} more in, a few at a time, and returns when all have their stream. */
  public void gather(int count) {
    gather(count, List.of(""));
  }

  /** The same, each with the next of {@code headers}: lines of the head, with their ends. */
  public void gather(int count, List<String> headers) {
    List<ByteBuffer> requests = headers.stream().map(this::request).toList();
    for (int i = 0; i < count; i++) {
      dialOne(requests.get(i % requests.size()));
      network.turnUntil(() -> unanswered() < UNANSWERED_AT_MOST, PATIENCE);
    }
    awaitAnswers();
    requireAll();
  }

  /** Lets {@code count} more in, all at once, and returns when each has an answer. */
  public void storm(int count) {
    ByteBuffer request = request("");
    for (int i = 0; i < count; i++) {
      dialOne(request);
      if (i % DIALS_A_TURN == 0) {
        network.turn(0);
      }
    }
    awaitAnswers();
  }

  private void dialOne(ByteBuffer request) {
    Reader reader = new Reader(network, this, request);
    readers.add(reader);
    reader.dial(port, stalling ? OptionalInt.of(SMALLEST_RECEIVE_BUFFER) : OptionalInt.empty());
  }

  private int unanswered() {
    return readers.size() - opened - refused;
  }

  private void awaitAnswers() {
    network.turnUntil(() -> unanswered() == 0, PATIENCE);
  }

  private void requireAll() {
    if (size() != readers.size()) {
      throw new IllegalStateException(
          "Of %d readers %d were refused (%s), %d had no answer, %d were ended"
              .formatted(readers.size(), refused, firstRefusal, unanswered(), ended));
    }
  }

  /** Readers that have their stream. */
  public int size() {
    return opened - ended;
  }

  /** Readers that wanted a stream and have none. */
  public int without() {
    return readers.size() - size();
  }

  /** All hang up at once. The crowd is empty afterwards and may gather again. */
  @Override
  public void close() {
    readers.forEach(Reader::close);
    readers.clear();
    network.turn(0);
    opened = 0;
    refused = 0;
    ended = 0;
  }
}
