package dev.allim.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.ring.Block;
import dev.allim.hub.ring.PublishedFrame;
import dev.allim.hub.spi.Dialect;
import dev.allim.hub.spi.Frame;
import dev.allim.hub.spi.FrameEncoder;
import dev.allim.hub.spi.FrameTexts;
import dev.allim.hub.spi.StartAt;
import dev.allim.hub.spi.SubscribeRequest;
import dev.allim.log.LogRecord;
import dev.allim.sse.SseEncoder;
import dev.allim.testing.ReceivedEvent;
import dev.allim.topic.TopicFilter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Readers of one event in several dialects. */
class DialectTest {
  private final SseEncoder sse = new SseEncoder();
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);
  private int encoded;

  /** The real encoder, which counts what it puts into another dialect. */
  private final FrameEncoder encoder =
      (FrameEncoder)
          Proxy.newProxyInstance(
              FrameEncoder.class.getClassLoader(),
              new Class<?>[] {FrameEncoder.class},
              (proxy, method, arguments) -> {
                encoded += arguments[0] instanceof Dialect ? 1 : 0;
                return method.invoke(sse, arguments);
              });

  private PublishedFrame published() {
    return PublishedFrame.of(
        new LogRecord(1, Instant.EPOCH, TestHub.notification(1, "12", "a", "b")),
        FrameTexts.frame(allocator, "id: 1\ndata: 12\n\n"));
  }

  private static String text(PublishedFrame published) {
    ByteBuf events = published.frame().events();
    try {
      return events.toString(StandardCharsets.UTF_8);
    } finally {
      events.release();
    }
  }

  @Test
  void anEventIsPutIntoADialectOnce() {
    PublishedFrame published = published();

    Frame first = published.in(Dialect.JSON, encoder).frame();
    Frame second = published.in(Dialect.JSON, encoder).frame();
    Frame other = published.in(Dialect.CLOUDEVENTS, encoder).frame();

    assertThat(second).isSameAs(first).isNotSameAs(other);
    assertThat(encoded).isEqualTo(2);
  }

  @Test
  void nothingIsEncodedForThoseWhoAskForNoDialect() {
    PublishedFrame published = published();

    assertThat(published.in(Dialect.PLAIN, encoder)).isSameAs(published);
    assertThat(encoded).isZero();
  }

  @Test
  void aDialectNeedsNoMemoryThatSomebodyHasToGiveBack() {
    long before = allocator.metric().usedDirectMemory();
    PublishedFrame published = published();
    Frame json = published.in(Dialect.JSON, encoder).frame();
    published.frame().release();

    assertThat(allocator.metric().usedDirectMemory()).isEqualTo(before);
    assertThat(text(published.in(Dialect.JSON, encoder))).contains("\"topics\":[\"a\",\"b\"]");
    assertThat(json.isDirect()).isFalse();
  }

  @Test
  void aBlockOfOneIsCopiedOnceForAllSockets() {
    PublishedFrame json = published().in(Dialect.JSON, encoder);
    Frame frame = Block.of(List.of(json), 0, Integer.MAX_VALUE).frame(allocator);

    assertThat(frame.isDirect()).isTrue();
    assertThat(frame.size()).isEqualTo(json.frame().size());
    frame.release();
  }

  @Test
  void aReaderWhoFallsBehindReadsOnInItsDialect() {
    TestHub hub = TestHub.withOneLane();
    RecordingWire wire = new RecordingWire();
    ManualLoop loop = hub.loops.get(0);
    loop.on(
        () -> {
          OpenSubscription open =
              hub.hub.subscribe(
                  SubscribeRequest.of(TopicFilter.everything(), new StartAt.Now(), wire, () -> {})
                      .in(Dialect.JSON));
          wire.onDrained = open::writable;
        });
    wire.fill();
    hub.deliver("a");
    hub.deliver("b");
    loop.on(wire::drain);
    loop.runAll();
    hub.deliver("c");

    assertThat(wire.events())
        .extracting(ReceivedEvent::data)
        .satisfiesExactly(
            first -> assertThat(first).contains("\"topic\":\"a\""),
            second -> assertThat(second).contains("\"topic\":\"b\""),
            third -> assertThat(third).contains("\"topic\":\"c\""));
  }
}
