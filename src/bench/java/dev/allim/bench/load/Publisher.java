package dev.allim.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One keep-alive connection to publish on, one request at a time. */
final class Publisher extends Connection {
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");

  private final Publishers all;
  private final ByteBuffer request;
  private final int markAt;
  private String answer = "";
  private boolean idle;
  private long askedAt;

  Publisher(Network network, Publishers all, byte[] begin, int payloadBytes, byte[] end) {
    super(network);
    this.all = all;
    this.request = ByteBuffer.allocateDirect(begin.length + payloadBytes + end.length).put(begin);
    this.markAt = begin.length;
    for (int i = 0; i < payloadBytes; i++) {
      request.put((byte) 'x');
    }
    request.put(end);
  }

  void dial(int port) {
    idle = false;
    dial(port, OptionalInt.empty());
  }

  boolean isIdle() {
    return idle;
  }

  void publish(long number) throws IOException {
    idle = false;
    askedAt = System.nanoTime();
    Marks.write(request, markAt, number);
    send(request.duplicate().rewind());
  }

  @Override
  void connected() {
    idle = true;
  }

  @Override
  void received(ByteBuffer bytes) {
    answer += StandardCharsets.ISO_8859_1.decode(bytes);
    int headEnd = answer.indexOf("\r\n\r\n");
    if (headEnd >= 0 && answer.length() >= headEnd + 4 + bodyLength()) {
      all.answered(answer, System.nanoTime() - askedAt);
      answer = "";
      idle = true;
    }
  }

  private int bodyLength() {
    Matcher length = LENGTH.matcher(answer);
    return length.find() ? Integer.parseInt(length.group(1)) : 0;
  }

  @Override
  void ended() {
    throw new IllegalStateException("The server hung up on a publisher");
  }
}
