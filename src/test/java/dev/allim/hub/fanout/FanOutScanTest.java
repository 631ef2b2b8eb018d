package dev.allim.hub.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.RecordingWire;
import dev.allim.hub.TestHub;
import dev.allim.hub.ring.Block;
import dev.allim.hub.ring.PublishedFrame;
import dev.allim.hub.spi.Dialect;
import dev.allim.hub.spi.Frame;
import dev.allim.hub.spi.FrameTexts;
import dev.allim.log.LogRecord;
import dev.allim.topic.TopicFilter;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Everybody gets everything once and in order, whenever it comes; few writes are needed. */
class FanOutScanTest {
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);
  private final LiveSlots live = new LiveSlots();
  private final FanOutScan scan = new FanOutScan(live);
  private final Map<Subscription, List<Long>> got = new HashMap<>();
  private final Map<Subscription, Long> since = new HashMap<>();
  private int writes;
  private long last;

  private Subscription join() {
    SubscriberGroup group = new SubscriberGroup(TopicFilter.everything(), Dialect.PLAIN);
    Subscription one =
        new Subscription(
            new RecordingWire(),
            group,
            0,
            0,
            new Terms(Long.MAX_VALUE, Long.MAX_VALUE, () -> false, Optional.empty()),
            () -> {});
    live.add(one);
    got.put(one, new ArrayList<>());
    since.put(one, last);
    return one;
  }

  private List<Subscription> join(int readers) {
    return IntStream.range(0, readers).mapToObj(i -> join()).toList();
  }

  private void publish() {
    publish("data: 12\n\n");
  }

  private void publish(String events) {
    long position = ++last;
    PublishedFrame published =
        PublishedFrame.of(
            new LogRecord(position, Instant.EPOCH, TestHub.notification((int) position, "12", "a")),
            FrameTexts.frame(allocator, events));
    scan.add(published);
    published.frame().release();
  }

  private int advance(int most) {
    return scan.advance(most, allocator, this::write);
  }

  private void write(Subscription subscription, Frame frame, Block block) {
    assertThat(frame.size()).isEqualTo(block.bytes());
    writes++;
    long first = block.position() - block.count() + 1;
    LongStream.rangeClosed(first, block.position()).forEach(got.get(subscription)::add);
  }

  private void finish() {
    advance(Integer.MAX_VALUE);
  }

  @Test
  void takesAlongWhatComesOnTheWay() {
    join(100);
    publish();
    advance(10);
    publish();

    finish();

    assertThat(got.values()).allSatisfy(each -> assertThat(each).containsExactly(1L, 2L));
    assertThat(writes).isEqualTo(10 + 90 + 10);
  }

  @Test
  void visitsNoMoreThanItIsAskedTo() {
    join(100);
    publish();

    assertThat(advance(64)).isEqualTo(64);
    assertThat(scan.isIdle()).isFalse();
    assertThat(scan.firstUnwritten()).isEqualTo(1);
    assertThat(advance(64)).isEqualTo(36);
    assertThat(scan.isIdle()).isTrue();
    assertThat(scan.firstUnwritten()).isEqualTo(Long.MAX_VALUE);
    assertThat(writes).isEqualTo(100);
  }

  @Test
  void makesWhatIsTooMuchForOneWriteWait() {
    join(10);
    publish("x".repeat(20_000));
    publish("y".repeat(20_000));
    publish("z".repeat(100_000));
    publish();

    advance(5);
    assertThat(scan.isFull()).isTrue();
    assertThat(scan.firstUnwritten()).isEqualTo(1);
    finish();

    assertThat(scan.isFull()).isFalse();
    assertThat(writes).isEqualTo(4 * 10);
    assertThat(got.values()).allSatisfy(each -> assertThat(each).containsExactly(1L, 2L, 3L, 4L));
  }

  @Test
  void skipsThoseWhoLeaveOnTheWay() {
    List<Subscription> readers = join(6);
    publish();
    advance(3);
    publish();
    live.remove(readers.get(0));
    live.remove(readers.get(5));

    finish();

    assertThat(readers.stream().map(reader -> got.get(reader).size()).toList())
        .containsExactly(1, 2, 2, 2, 2, 0);
  }

  @Test
  void comesToAnEndWhenAllHaveLeft() {
    List<Subscription> readers = join(3);
    publish();
    advance(1);
    publish("x".repeat(40_000));
    readers.forEach(live::remove);

    finish();
    publish();
    finish();

    assertThat(scan.isIdle()).isTrue();
    assertThat(writes).isEqualTo(1);
    assertThat(allocator.metric().usedDirectMemory()).isZero();
  }

  /** Whoever goes is forgotten, whoever comes waits for the end of the scan, as the lane has it. */
  @Property(tries = 500)
  void bringsEverythingOnceAndInOrder(
      @ForAll @IntRange(min = 1, max = 12) int readers,
      @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 9) Integer> steps) {
    new FanOutScanTest().play(readers, steps);
  }

  private void play(int readers, List<Integer> steps) {
    List<Subscription> present = new ArrayList<>(join(readers));
    for (int step : steps) {
      switch (step) {
        case 0 -> {
          finish();
          present.add(join());
        }
        case 1 -> leave(present);
        case 2 -> publish("x".repeat(15_000));
        case 3, 4, 5 -> publish();
        default -> advance(step - 4);
      }
    }
    finish();

    for (Subscription reader : present) {
      assertThat(got.get(reader))
          .isEqualTo(LongStream.rangeClosed(since.get(reader) + 1, last).boxed().toList());
    }
    assertThat(live.count()).isEqualTo(present.size());
    assertThat(allocator.metric().usedDirectMemory()).isZero();
  }

  private void leave(List<Subscription> present) {
    if (!present.isEmpty()) {
      live.remove(present.remove(present.size() / 2));
    }
  }
}
