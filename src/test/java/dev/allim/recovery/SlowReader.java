package dev.allim.recovery;

import dev.allim.testing.HubProgram;
import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.WhatwgEventStreamParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A reader on a connection of its own that reads only when it is told to, and resumes by the last
 * id it has: a phone in a tunnel.
 */
final class SlowReader implements AutoCloseable {
  private static final int SMALL_WINDOW = 4096;

  private final HubProgram hub;
  private final String topic;
  private final List<ReceivedEvent> received = new ArrayList<>();
  private final Set<Integer> returns = new HashSet<>();
  private WhatwgEventStreamParser parser = new WhatwgEventStreamParser();
  private String lastEventId = "";
  private Socket socket = new Socket();
  private boolean inBody;
  private final StringBuilder head = new StringBuilder();

  SlowReader(HubProgram hub, String topic) {
    this.hub = hub;
    this.topic = topic;
    connect();
    readUntilGreeted();
  }

  String topic() {
    return topic;
  }

  /** All events so far, over all connections. */
  List<ReceivedEvent> received() {
    return received;
  }

  /** Whether it had so many events when it came back once. */
  boolean cameBackWith(int events) {
    return returns.contains(events);
  }

  private void connect() {
    try {
      socket = new Socket();
      socket.setReceiveBufferSize(SMALL_WINDOW);
      socket.setSoTimeout(20_000);
      socket.connect(new InetSocketAddress("127.0.0.1", hub.port()));
      socket.getOutputStream().write(request().getBytes(StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    parser = new WhatwgEventStreamParser();
    chunks.reset();
    head.setLength(0);
    inBody = false;
  }

  private String request() {
    String resume = lastEventId.isEmpty() ? "" : "Last-Event-ID: " + lastEventId + "\r\n";
    return "GET /events?topic=%s HTTP/1.1\r\nHost: hub\r\nAccept: text/event-stream\r\n%s\r\n"
        .formatted(topic.replace("*", "%2A"), resume);
  }

  private void readUntilGreeted() {
    while (parser.comments().isEmpty()) {
      readSome();
    }
  }

  /** Breaks the connection, with what was not read yet, and comes back with the last id. */
  void reconnect() {
    close();
    returns.add(received.size());
    connect();
    readUntilGreeted();
  }

  /** Reads up to {@code bytes} of what is there without waiting. */
  void readAvailable(int bytes) {
    try {
      for (int left = bytes; left > 0 && socket.getInputStream().available() > 0; ) {
        left -= readSome();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Reads until an event with this data has come, reconnecting whenever the hub ends the stream.
   */
  void readUntil(String data) {
    while (received.stream().noneMatch(event -> event.data().equals(data))) {
      if (readSome() < 0) {
        reconnect();
      }
    }
  }

  private final Dechunker chunks = new Dechunker();

  private int readSome() {
    byte[] buffer = new byte[16 * 1024];
    try {
      InputStream in = socket.getInputStream();
      int count = in.read(buffer);
      if (count > 0) {
        accept(buffer, count);
      }
      return count;
    } catch (SocketException reset) {
      return -1;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void accept(byte[] buffer, int count) {
    int at = 0;
    while (!inBody && at < count) {
      head.append((char) buffer[at++]);
      inBody = head.length() > 3 && head.substring(head.length() - 4).equals("\r\n\r\n");
    }
    for (ReceivedEvent event : parser.feed(chunks.feed(buffer, at, count - at))) {
      received.add(event);
      lastEventId = event.lastEventId().isEmpty() ? lastEventId : event.lastEventId();
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
