package dev.allim.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A subscriber: asks for a stream, then counts the marks in it. */
final class Reader extends Connection {
  private final Crowd crowd;
  private final ByteBuffer request;
  private final Marks marks = new Marks();
  private String head = "";
  private boolean open;

  Reader(Network network, Crowd crowd, ByteBuffer request) {
    super(network);
    this.crowd = crowd;
    this.request = request;
  }

  @Override
  void connected() throws IOException {
    send(request.duplicate());
  }

  @Override
  void received(ByteBuffer bytes) {
    if (open || openedBy(bytes)) {
      crowd.read(marks, bytes);
    }
  }

  private boolean openedBy(ByteBuffer bytes) {
    String come = head + StandardCharsets.ISO_8859_1.decode(bytes.duplicate());
    int end = come.indexOf("\r\n\r\n");
    if (end < 0) {
      head = come;
      return false;
    }
    bytes.position(bytes.position() + end + 4 - head.length());
    head = "";
    open = come.startsWith("HTTP/1.1 200");
    if (open) {
      crowd.opened(this);
    } else {
      close();
      crowd.refused(come.substring(0, come.indexOf('\r')));
    }
    return open;
  }

  @Override
  void ended() {
    if (open) {
      crowd.ended();
    } else {
      crowd.refused("connection lost before the answer");
    }
  }
}
