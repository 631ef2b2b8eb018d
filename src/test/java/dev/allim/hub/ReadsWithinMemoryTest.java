package dev.allim.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.spi.StartAt;
import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import dev.allim.topic.Topic;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** However many catch up at once, what is read for them fits into the memory there is for it. */
class ReadsWithinMemoryTest {
  private static final int READERS = 6;
  private static final int MOST_DATA = 256 * 1024;

  /** A step, and one notification that is nothing but line feeds. */
  private static final long ONE_READ = MOST_DATA + 7 * MOST_DATA;

  private final HistoryHub hub = HistoryHub.within(TestSettings.DEFAULT.keeping(1), ONE_READ);

  private static Notification lines(String id) {
    return Notification.of(new EventId(id), new Topic("a"), "\n".repeat(MOST_DATA));
  }

  @Test
  void nobodyIsReadForWhileAnotherMayStillNeedAllThereIs() {
    hub.deliver(lines("1"), lines("2"));
    List<TestReader> readers =
        IntStream.range(0, READERS)
            .mapToObj(each -> hub.open(new StartAt.Earliest(), "a"))
            .toList();
    readers.forEach(reader -> reader.wire.stick());

    hub.run();
    assertThat(hub.onItsWay.held()).isBetween(ONE_READ / 2, 2 * ONE_READ);
    readers.forEach(hub::drain);

    assertThat(readers).allSatisfy(reader -> assertThat(reader.ids()).containsExactly("1", "2"));
    assertThat(hub.onItsWay.held()).isZero();
  }
}
