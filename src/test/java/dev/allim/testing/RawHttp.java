package dev.allim.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A socket that says exactly what it is told to, and sees every byte of the answer. */
public final class RawHttp implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final String HEAD_END = "\r\n\r\n";
  private static final String STREAM = "text/event-stream";
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");

  private final Socket socket;
  private final InputStream in;

  private RawHttp(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /** Connects to the host and port of {@code server}. */
  public static RawHttp connect(URI server) {
    try {
      Socket socket = new Socket(server.getHost(), server.getPort());
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      return new RawHttp(socket);
    } catch (IOException refused) {
      throw new UncheckedIOException(refused);
    }
  }

  /** Sends these bytes. */
  public RawHttp send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      return this;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Sends {@code text} as UTF-8. */
  public RawHttp send(String text) {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a request line, {@code headers}, each a line, and the end of the head. */
  public RawHttp request(String line, String... headers) {
    return send(line + "\r\nHost: localhost\r\n" + lines(headers) + "\r\n");
  }

  private static String lines(String... headers) {
    StringBuilder lines = new StringBuilder();
    Arrays.stream(headers).forEach(header -> lines.append(header).append("\r\n"));
    return lines.toString();
  }

  /** Reads up to and including {@code mark}. */
  public String readThrough(String mark) {
    byte[] end = mark.getBytes(StandardCharsets.UTF_8);
    Received read = new Received();
    try {
      while (!read.endsWith(end)) {
        int next = in.read();
        if (next < 0) {
          throw new AssertionError("the connection ended after: " + text(read));
        }
        read.write(next);
      }
      return text(read);
    } catch (IOException broken) {
      throw new AssertionError("no '%s' came after: %s".formatted(mark, text(read)), broken);
    }
  }

  /** Looks at its end without a copy of the whole. */
  private static final class Received extends ByteArrayOutputStream {
    boolean endsWith(byte[] end) {
      int from = count - end.length;
      return from >= 0 && Arrays.equals(buf, from, count, end, 0, end.length);
    }
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** The status line and the header lines of an answer, each without its line end. */
  public List<String> readHead() {
    return readThrough(HEAD_END).strip().lines().toList();
  }

  /** A whole answer: its head, an empty line, and as much body as {@code Content-Length} says. */
  public Answer readAnswer() {
    List<String> head = readHead();
    int length =
        head.stream()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
            .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
            .findFirst()
            .orElse(0);
    try {
      byte[] body = in.readNBytes(length);
      return new Answer(head, new String(body, StandardCharsets.UTF_8));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /**
   * An answer with a body of known length.
   *
   * @param head the status line and the header lines
   * @param body as text
   */
  public record Answer(List<String> head, String body) {
    /** The status code. */
    public int status() {
      return Integer.parseInt(head.get(0).split(" ", 3)[1]);
    }

    /** The value of a header, empty if it is not there. */
    public String header(String name) {
      String prefix = name.toLowerCase(Locale.ROOT) + ":";
      return head.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
          .map(line -> line.substring(prefix.length()).strip())
          .findFirst()
          .orElse("");
    }
  }

  /**
   * What is answered first: an answer of known length as a whole, of a stream its beginning. The
   * wait ends when the server ends the connection or after {@code millis} of silence.
   */
  public String readFirst(int millis) {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try {
      socket.setSoTimeout(millis);
      byte[] buffer = new byte[8192];
      for (int n = 0; n >= 0 && !isWhole(text(read)); ) {
        n = in.read(buffer);
        read.write(buffer, 0, Math.max(n, 0));
      }
    } catch (IOException silentOrReset) {
      // what came before it counts
    }
    return text(read);
  }

  private static boolean isWhole(String answer) {
    int head = answer.indexOf(HEAD_END);
    Matcher length = LENGTH.matcher(answer);
    return head >= 0
        && (answer.contains(STREAM)
            || (length.find() && answer.length() >= head + 4 + Integer.parseInt(length.group(1))));
  }

  /** Whether the server ends the connection, after whatever it still sends. */
  public boolean isEnded() {
    try {
      in.transferTo(java.io.OutputStream.nullOutputStream());
      return true;
    } catch (java.net.SocketTimeoutException open) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  /** Goes away in good order: the peer sees FIN. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  /** Goes away as a lost network does, once the peer notices: it sees RST. */
  public void reset() {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }
}
