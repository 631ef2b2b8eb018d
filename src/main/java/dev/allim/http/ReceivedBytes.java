package dev.allim.http;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What has come of a body. In pieces, as one array that grows would be copied again and again, and
 * many of some hundred kilobytes leave a small heap in holes. For one thread.
 */
final class ReceivedBytes {
  private static final int PIECE = 16 * 1024;

  private final List<Buffer> pieces = new ArrayList<>();
  private Buffer last = Buffer.buffer();
  private int length;

  /** Bytes that have come. */
  int length() {
    return length;
  }

  /** Takes a copy of these behind what there is. */
  void append(Buffer more) {
    last.appendBuffer(more);
    length += more.length();
    if (last.length() >= PIECE) {
      pieces.add(last);
      last = Buffer.buffer();
    }
  }

  /** All of it as one. */
  byte[] toBytes() {
    byte[] all = new byte[length];
    int at = 0;
    for (Buffer piece : pieces) {
      piece.getBytes(all, at);
      at += piece.length();
    }
    last.getBytes(all, at);
    return all;
  }
}
