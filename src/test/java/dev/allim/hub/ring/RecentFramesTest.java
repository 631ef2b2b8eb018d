package dev.allim.hub.ring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.TestHub;
import dev.allim.hub.spi.FrameTexts;
import dev.allim.log.LogRecord;
import dev.allim.notification.EventId;
import dev.allim.topic.Audience;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The ring; each frame has ten bytes. */
class RecentFramesTest {
  private static final Audience ANYBODY = new Audience.Public();

  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true, true);

  private RecentFrames ring(int mostFrames, int mostBytes, long head, long... positions) {
    RecentFrames ring = new RecentFrames(mostFrames, mostBytes, head);
    for (long position : positions) {
      ring.add(FrameTexts.at(allocator, position, "a"));
    }
    return ring;
  }

  private static List<Long> positions(RecentFrames ring) {
    List<Long> positions = new ArrayList<>();
    for (int i = 0; i < ring.size(); i++) {
      positions.add(ring.get(i).position());
    }
    return positions;
  }

  @Test
  void knowsNothingOfWhatWasBeforeIt() {
    RecentFrames ring = ring(4, 1000, 7);

    assertThat(ring.covers(7)).isTrue();
    assertThat(ring.covers(6)).isFalse();
    assertThat(ring.find(new EventId("7"), ANYBODY)).isEmpty();
  }

  @Test
  void forgetsTheOldestBeyondItsCount() {
    RecentFrames ring = ring(3, 1000, 0, 1, 2, 3, 4, 5);

    assertThat(positions(ring)).containsExactly(3L, 4L, 5L);
    assertThat(ring.covers(2)).isTrue();
    assertThat(ring.covers(1)).isFalse();
    assertThat(ring.find(new EventId("2"), ANYBODY)).isEmpty();
    assertThat(ring.find(new EventId("3"), ANYBODY)).hasValue(3);
  }

  @Test
  void forgetsTheOldestBeyondItsBytes() {
    RecentFrames ring = ring(100, 35, 0, 1, 2, 3, 4, 5);

    assertThat(positions(ring)).containsExactly(3L, 4L, 5L);
    assertThat(ring.bytes()).isEqualTo(30);
  }

  @Test
  void keepsTheNewestEvenIfItAloneIsTooLarge() {
    assertThat(positions(ring(100, 5, 0, 1, 2))).containsExactly(2L);
  }

  @Test
  void remembersTheLaterOfTwoWithOneId() {
    RecentFrames ring = new RecentFrames(2, 1000, 0);
    PublishedFrame first = FrameTexts.at(allocator, 1, "a");
    ring.add(first);
    ring.add(
        PublishedFrame.of(
            new LogRecord(2, Instant.EPOCH, TestHub.notification(1, "x", "a")),
            first.frame().retain()));
    ring.add(FrameTexts.at(allocator, 3, "a"));

    assertThat(ring.find(first.id(), ANYBODY)).hasValue(2);
  }

  @Test
  void givesEverythingBack() {
    RecentFrames ring = ring(3, 1000, 0, 1, 2, 3, 4, 5);
    assertThat(allocator.metric().usedDirectMemory()).isPositive();

    ring.clear();

    assertThat(ring.size()).isZero();
    assertThat(ring.bytes()).isZero();
    assertThat(allocator.metric().usedDirectMemory()).isZero();
  }

  @Property(tries = 300)
  void findsPlacesAmongPositionsThatSkip(
      @ForAll @Size(max = 30) List<@IntRange(min = 1, max = 5) Integer> steps,
      @ForAll @IntRange(min = 0, max = 100) int asked) {
    RecentFrames ring = new RecentFrames(8, 1000, 0);
    List<Long> all = new ArrayList<>();
    long position = 0;
    for (int step : steps) {
      position += step;
      ring.add(FrameTexts.at(allocator, position, "a"));
      all.add(position);
    }

    List<Long> kept = positions(ring);
    assertThat(kept).isEqualTo(all.subList(Math.max(0, all.size() - 8), all.size()));
    long expected = kept.stream().filter(at -> at <= asked).count();
    assertThat(ring.indexAfter(asked)).isEqualTo((int) expected);
    long missing = all.stream().filter(at -> at > asked && !kept.contains(at)).count();
    assertThat(ring.covers(asked)).isEqualTo(missing == 0);
    ring.clear();
  }
}
