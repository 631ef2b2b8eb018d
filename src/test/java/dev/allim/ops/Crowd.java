package dev.allim.ops;

import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Many readers of one stream, on plain sockets; their data are numbers. */
final class Crowd implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final List<Member> members = new CopyOnWriteArrayList<>();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();

  /** One of them; each belongs to its connection's event loop until it has ended. */
  static final class Member {
    private int next = -1;
    private boolean consecutive = true;
    private boolean greeted;
    private long lastRetry = -1;
    private long endedAt;

    /** Whether each number came once and in order. */
    boolean heardAllOnce() {
      return consecutive;
    }

    /** One more than the last number, -1 if there was none. */
    int next() {
      return next;
    }

    /** The last thing said: when to come back, in milliseconds. */
    long retry() {
      return lastRetry;
    }

    long endedAt() {
      return endedAt;
    }

    private void line(String line) {
      if (line.startsWith("data: ")) {
        int number = Integer.parseInt(line.substring("data: ".length()).strip());
        consecutive &= next == -1 || number == next;
        next = number + 1;
      } else if (line.startsWith("retry: ")) {
        lastRetry = greeted ? Long.parseLong(line.substring("retry: ".length()).strip()) : -1;
        greeted = true;
      }
    }
  }

  /** Opens {@code count} streams and returns when all are open. */
  static Crowd of(int count, URI stream) {
    Crowd crowd = new Crowd();
    NetClient client = crowd.vertx.createNetClient();
    for (int i = 0; i < count; i++) {
      client
          .connect(stream.getPort(), stream.getHost())
          .onSuccess(socket -> crowd.join(socket, stream));
    }
    await().atMost(Duration.ofSeconds(60)).until(() -> crowd.open.get() == count);
    return crowd;
  }

  private void join(NetSocket socket, URI stream) {
    Member member = new Member();
    members.add(member);
    socket.handler(RecordParser.newDelimited("\n", line -> line(member, line)));
    socket.closeHandler(closed -> end(member));
    socket.write("GET %s HTTP/1.1\r\nHost: hub\r\n\r\n".formatted(stream.getRawPath()));
  }

  private void line(Member member, Buffer line) {
    boolean greetedBefore = member.greeted;
    member.line(line.toString(StandardCharsets.UTF_8));
    if (!greetedBefore && member.greeted) {
      open.incrementAndGet();
    }
  }

  private void end(Member member) {
    member.endedAt = System.nanoTime();
    ended.incrementAndGet();
  }

  /** Waits until every stream has ended. */
  List<Member> awaitEnd(Duration atMost) {
    await().atMost(atMost).until(() -> ended.get() == members.size());
    return members;
  }

  @Override
  public void close() {
    vertx.close();
  }
}
