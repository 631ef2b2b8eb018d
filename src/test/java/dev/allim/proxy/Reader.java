package dev.allim.proxy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A client that reads a stream line by line over a socket of its own, so that it can choose the
 * address that it comes from. It asks in HTTP/1.0: the body ends where the connection does.
 */
final class Reader implements AutoCloseable {
  private static final int DEADLINE_MILLIS = 20_000;

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
    socket.setSoTimeout(DEADLINE_MILLIS);
    Reader reader = new Reader(socket);
    reader.ask(path, headers);
    reader.readHead();
    return reader;
  }

  /** The next line that begins so; those before it are dropped. */
  String next(String prefix) throws IOException {
    String line = lines.readLine();
    while (line != null && !line.startsWith(prefix)) {
      line = lines.readLine();
    }
    if (line == null) {
      throw new IOException("The stream ended before a line beginning with: " + prefix);
    }
    return line.substring(prefix.length());
  }

  /** What is left until the other side ends the stream. */
  List<String> rest() throws IOException {
    List<String> rest = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      rest.add(line);
    }
    return rest;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void ask(String path, String... headers) throws IOException {
    StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.0\r\nHost: hub\r\n");
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
