package dev.allim.sse;

import dev.allim.notification.EventId;
import dev.allim.notification.EventName;
import dev.allim.notification.Notification;
import dev.allim.topic.Topic;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One event into a direct buffer: short, Korean, of many lines, and large. */
@State(Scope.Benchmark)
public class SseEncoderBenchmark {
  private final SseEncoder encoder = new SseEncoder();
  private final ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(64 * 1024);

  /** What the data looks like. */
  @Param({"ascii100", "korean100", "lines100", "ascii10000"})
  public String data = "";

  private Notification notification = notification("");

  /** Makes the notification. */
  @Setup
  public void make() {
    notification =
        notification(
            switch (data) {
              case "ascii100" -> "x".repeat(100);
              case "korean100" -> "알".repeat(100);
              case "lines100" -> "x\n".repeat(100);
              case "ascii10000" -> "x".repeat(10_000);
              default -> throw new IllegalArgumentException(data);
            });
  }

  private static Notification notification(String data) {
    EventId id = new EventId("urn:uuid:01890a5d-ac96-774b-bcce-b302099a8057");
    return Notification.of(id, new Topic("orders/42"), data).named(new EventName("update"));
  }

  /** Encodes it. */
  @Benchmark
  public int encode() {
    encoder.encode(notification, out.clear());
    return out.readableBytes();
  }
}
