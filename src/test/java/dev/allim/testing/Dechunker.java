package dev.allim.testing;

import java.io.ByteArrayOutputStream;

/** Takes the chunks of an HTTP/1.1 body apart, however the bytes come in (RFC 9112, 7.1). */
public final class Dechunker {
  private final StringBuilder size = new StringBuilder();
  private int left;
  private int skip;
  private boolean over;

  /** Whether the last chunk has come. */
  boolean isOver() {
    return over;
  }

  /** What is the body's among these bytes. */
  public byte[] feed(byte[] bytes, int from, int count) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(count);
    for (int i = from; i < from + count; ) {
      if (left > 0) {
        int take = Math.min(left, from + count - i);
        body.write(bytes, i, take);
        left -= take;
        i += take;
        skip = left == 0 ? 2 : 0;
      } else if (skip > 0) {
        skip--;
        i++;
      } else {
        readSize((char) bytes[i++]);
      }
    }
    return body.toByteArray();
  }

  private void readSize(char c) {
    if (c == '\n' && size.length() == 0) {
      return; // behind the last chunk
    }
    if (c == '\n') {
      left = Integer.parseInt(size.toString(), 16);
      over = left == 0;
      size.setLength(0);
    } else if (c != '\r') {
      size.append(c);
    }
  }
}
