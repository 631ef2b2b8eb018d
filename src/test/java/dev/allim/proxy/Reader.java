package dev.allim.proxy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A client that reads a stream line by line over a socket of its own, so that it can choose the
 * address that it comes from. The sizes of chunks are lines like others to it.
 */
final class Reader implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Socket socket;
  private final BufferedReader lines;

  private Reader(Socket socket) throws IOException {
    this.socket = socket;
    this.lines =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Asks from 127.0.0.1; returned when the head is read and said 200. */
  static Reader of(int port, String path, String... headers) throws IOException {
    return from("127.0.0.1", port, path, headers);
  }

  /** Asks from {@code address} of this machine. */
  static Reader from(String address, int port, String path, String... headers) throws IOException {
    Socket socket =
        new Socket(InetAddress.getByName("127.0.0.1"), port, InetAddress.getByName(address), 0);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    Reader reader = new Reader(socket);
    reader.ask(path, headers);
    reader.readHead();
    return reader;
  }

  /** The next line that begins so; those before it are dropped. */
  String next(String prefix) throws IOException {
    long deadline = deadline();
    Optional<String> line = line(deadline);
    while (line.filter(text -> !text.startsWith(prefix)).isPresent()) {
      line = line(deadline);
    }
    return line.orElseThrow(() -> new IOException("The stream ended before: " + prefix))
        .substring(prefix.length());
  }

  /** What is left until the other side ends the stream. */
  List<String> rest() throws IOException {
    long deadline = deadline();
    List<String> rest = new ArrayList<>();
    for (Optional<String> line = line(deadline); line.isPresent(); line = line(deadline)) {
      rest.add(line.get());
    }
    return rest;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static long deadline() {
    return System.nanoTime() + PATIENCE.toNanos();
  }

  /** The next line, absent at the end; heartbeats do not keep a test waiting for ever. */
  private Optional<String> line(long deadline) throws IOException {
    if (System.nanoTime() - deadline > 0) {
      throw new IOException("Neither what was expected nor an end within " + PATIENCE);
    }
    return Optional.ofNullable(lines.readLine());
  }

  private void ask(String path, String... headers) throws IOException {
    StringBuilder request =
        new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n");
    request.append("Accept: text/event-stream\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    OutputStream out = socket.getOutputStream();
    out.write(request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private void readHead() throws IOException {
    String status = lines.readLine();
    if (status == null || !status.contains(" 200 ")) {
      throw new IOException("Not a stream: " + status);
    }
    for (String line = status; line != null && !line.isEmpty(); line = lines.readLine()) {
      // headers are for other tests
    }
  }
}
