package dev.allim.hub.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.WhatwgEventStreamParser;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.IllegalReferenceCountException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class FrameTest {
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);

  private Frame frame(String events) {
    byte[] bytes = events.getBytes(StandardCharsets.UTF_8);
    return Frame.encode(allocator, 0, out -> out.writeBytes(bytes));
  }

  private static byte[] bytes(ByteBuf view) {
    byte[] bytes = new byte[view.readableBytes()];
    view.readBytes(bytes).release();
    return bytes;
  }

  private static String text(ByteBuf view) {
    return new String(bytes(view), StandardCharsets.UTF_8);
  }

  private long memory() {
    return allocator.metric().usedDirectMemory();
  }

  /** RFC 9112, 7.1: the size in hexadecimal without leading zeros, CRLF, as many bytes, CRLF. */
  @Test
  void isAChunkWithTheEventsInside() {
    Frame frame = frame("data: é\n\n");

    assertThat(frame.size()).isEqualTo(10);
    assertThat(text(frame.chunk())).isEqualTo("a\r\ndata: é\n\n\r\n");
    assertThat(text(frame.events())).isEqualTo("data: é\n\n");
    frame.release();
  }

  @Test
  void isReadByEveryConnectionFromItsBeginning() {
    Frame frame = frame("data: x\n\n");
    ByteBuf first = frame.chunk();
    ByteBuf second = frame.chunk();
    first.skipBytes(5);

    assertThat(second.readableBytes()).isEqualTo(first.readableBytes() + 5);
    assertThat(second.isDirect()).isTrue();
    first.release();
    second.release();
    frame.release();
  }

  @Test
  void livesUntilTheLastReferenceIsGivenBack() {
    Frame frame = frame("data: x\n\n");
    ByteBuf written = frame.chunk();
    ByteBuf other = frame.retain().events();
    frame.release();
    frame.release();
    written.release();

    assertThat(text(other)).isEqualTo("data: x\n\n");
    assertThat(memory()).isZero();
    assertThatThrownBy(frame::chunk).isInstanceOf(IllegalReferenceCountException.class);
  }

  @Test
  void leavesNoMemoryBehindWhenEncodingFails() {
    assertThatThrownBy(
            () ->
                Frame.encode(
                    allocator,
                    8,
                    out -> {
                      throw new IllegalStateException("broken");
                    }))
        .hasMessage("broken");

    assertThat(memory()).isZero();
  }

  @Property(tries = 100)
  void holdsAValidChunkWhateverItsSize(@ForAll @StringLength(min = 1, max = 70_000) String data) {
    Frame frame = frame("data: " + data + "\n\n");
    String events = text(frame.events());

    assertThat(dechunk(bytes(frame.chunk()))).isEqualTo(events);
    frame.release();
    assertThat(memory()).isZero();
  }

  @Property(tries = 200)
  void joinedSaysWhatItsPartsSay(
      @ForAll @NotEmpty @Size(max = 20) List<@StringLength(max = 40) String> datas) {
    List<Frame> frames = new ArrayList<>();
    WhatwgEventStreamParser apart = new WhatwgEventStreamParser();
    for (String data : datas) {
      Frame frame = frame("id: 1\ndata: " + data + "\n\n");
      apart.feed(bytes(frame.events()));
      frames.add(frame);
    }

    Frame joined = Frame.join(allocator, frames);

    frames.forEach(Frame::release);
    assertThat(parse(joined)).isEqualTo(apart.events()).hasSizeGreaterThanOrEqualTo(datas.size());
    joined.release();
    assertThat(memory()).isZero();
  }

  private static List<ReceivedEvent> parse(Frame frame) {
    String events = dechunk(bytes(frame.chunk()));
    return new WhatwgEventStreamParser().feed(events.getBytes(StandardCharsets.UTF_8));
  }

  /** Strictly: one chunk, nothing before, nothing behind. */
  private static String dechunk(byte[] chunk) {
    String latin1 = new String(chunk, StandardCharsets.ISO_8859_1);
    int head = latin1.indexOf("\r\n");
    String hex = latin1.substring(0, head);
    int size = Integer.parseInt(hex, 16);
    assertThat(hex).isEqualTo(Integer.toHexString(size));
    assertThat(chunk).hasSize(head + 2 + size + 2);
    assertThat(latin1).endsWith("\r\n");
    return new String(chunk, head + 2, size, StandardCharsets.UTF_8);
  }
}
