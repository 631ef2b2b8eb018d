package dev.allim.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The first bytes of an HTTP/2 client with prior knowledge (RFC 9113, 3.3), made by hand. */
public final class Http2Bytes {
  private static final byte HEADERS = 1;
  private static final byte SETTINGS = 4;
  private static final byte WINDOW_UPDATE = 8;
  private static final byte END_STREAM_AND_HEADERS = 5;

  private Http2Bytes() {}

  /** Preface, empty settings, and a GET for {@code path} on stream 1. */
  public static byte[] get(String path) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ascii("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
    frame(out, SETTINGS, 0, 0, new byte[0]);
    frame(out, HEADERS, END_STREAM_AND_HEADERS, 1, headers(path));
    return out.toByteArray();
  }

  /** Room for {@code bytes} more on a stream, 0 being the connection (RFC 9113, 6.9). */
  public static byte[] windowUpdate(int stream, int bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] room = {(byte) (bytes >> 24), (byte) (bytes >> 16), (byte) (bytes >> 8), (byte) bytes};
    frame(out, WINDOW_UPDATE, 0, stream, room);
    return out.toByteArray();
  }

  /** HPACK (RFC 7541): two entries of the static table, two literals with indexed names. */
  private static byte[] headers(String path) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0x82); // :method GET
    out.write(0x86); // :scheme http
    literal(out, 4, path);
    literal(out, 1, "localhost");
    return out.toByteArray();
  }

  private static void literal(ByteArrayOutputStream out, int name, String value) {
    out.write(name);
    out.write(value.length());
    out.writeBytes(ascii(value));
  }

  private static void frame(
      ByteArrayOutputStream out, int type, int flags, int stream, byte[] payload) {
    out.write(payload.length >> 16);
    out.write(payload.length >> 8);
    out.write(payload.length);
    out.write(type);
    out.write(flags);
    out.writeBytes(new byte[] {0, 0, 0, (byte) stream});
    out.writeBytes(payload);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
