package dev.allim.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * A stream over HTTP/1.1 on a socket of its own, read by the calling thread and only when it is
 * told to: a test chooses where it comes from and how much fits into it unread. An answer that is
 * no stream is an {@link IOException}.
 */
public final class SseSocket implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int PIECE = 16 * 1024;

  private final Socket socket = new Socket();
  private final Dechunker chunks = new Dechunker();
  private final WhatwgEventStreamParser parser;
  private boolean chunked;

  private SseSocket(EventStreamListener listener) {
    this.parser = new WhatwgEventStreamParser(listener);
  }

  /**
   * How it connects.
   *
   * @param from the address of this machine that it comes from
   * @param window how many bytes its side of the socket takes unread, 0 for what is usual
   */
  public record Way(String from, int window) {
    /** As anything else does. */
    public static final Way USUAL = new Way("127.0.0.1", 0);

    /** From this address of this machine. */
    public static Way from(String address) {
      return new Way(address, 0);
    }

    /** With so little room that what is not read soon fills the other side. */
    public static Way narrow(int bytes) {
      return new Way("127.0.0.1", bytes);
    }
  }

  /**
   * Asks for the stream; returns when the head of its answer is read. {@code listener} hears what
   * follows, on the thread that reads; {@code headers} are names and values in turn.
   */
  public static SseSocket open(URI uri, Way way, EventStreamListener listener, String... headers)
      throws IOException {
    SseSocket stream = new SseSocket(listener);
    try {
      stream.connect(uri, way);
      stream.socket.getOutputStream().write(request(uri, headers));
      stream.readHead();
      return stream;
    } catch (IOException failure) {
      stream.close();
      throw failure;
    }
  }

  private void connect(URI uri, Way way) throws IOException {
    if (way.window() > 0) {
      socket.setReceiveBufferSize(way.window());
    }
    socket.setSoTimeout((int) PATIENCE.toMillis());
    socket.bind(new InetSocketAddress(way.from(), 0));
    socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
  }

  private static byte[] request(URI uri, String... headers) {
    String target = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    StringBuilder request = new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: hub\r\n");
    request.append("Accept: text/event-stream\r\n");
    for (int i = 0; i < headers.length; i += 2) {
      request.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
    }
    return request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private void readHead() throws IOException {
    StringBuilder head = new StringBuilder();
    InputStream in = socket.getInputStream();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("The connection ended after: " + head);
      }
      head.append((char) next);
    }
    if (!head.substring(0, head.indexOf("\r\n")).contains(" 200")) {
      throw new IOException("Not a stream: " + head);
    }
    chunked = head.toString().toLowerCase(Locale.ROOT).contains("\ntransfer-encoding:");
  }

  /**
   * Waits until something comes and reads some of it; how many bytes of the connection that were,
   * -1 if there is nothing more because the other side has ended or reset it.
   */
  public int readSome() {
    byte[] buffer = new byte[PIECE];
    try {
      int count = socket.getInputStream().read(buffer);
      if (count > 0) {
        accept(buffer, count);
      }
      return chunks.isOver() ? -1 : count;
    } catch (SocketException reset) {
      return -1;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void accept(byte[] buffer, int count) {
    if (chunked) {
      parser.feed(chunks.feed(buffer, 0, count));
    } else {
      parser.feed(buffer, 0, count);
    }
  }

  /** Reads until nothing more comes. */
  public void readToEnd() {
    while (readSome() >= 0) {
      // the listener hears it
    }
  }

  /** Whether something can be read without waiting. */
  public boolean isReadable() {
    try {
      return socket.getInputStream().available() > 0;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Goes away, with what was not read yet. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
