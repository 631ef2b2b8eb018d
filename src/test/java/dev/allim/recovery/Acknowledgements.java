package dev.allim.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allim.recovery.HistoryClient.Kept;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** What publishers were told that it is kept. Any thread. */
final class Acknowledgements {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Queue<Acknowledged> all = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();

  /**
   * What a publisher was told.
   *
   * @param id by the hub
   * @param data by the publisher: who, a slash, and how manieth
   */
  private record Acknowledged(String id, String data) {}

  void add(String id, String data) {
    all.add(new Acknowledged(id, data));
    count.incrementAndGet();
  }

  /** Waits until so many more were told so. */
  void awaitMore(int more) {
    int until = count.get() + more;
    await("publishes are acknowledged").atMost(PATIENCE).until(() -> count.get() >= until);
  }

  /** What was published, in no order. */
  List<String> data() {
    return all.stream().map(Acknowledged::data).toList();
  }

  /** Each is kept under the id that was told, and once, in the order of who published it. */
  void requireAllIn(List<Kept> kept) {
    assertThat(kept).extracting(Kept::id).doesNotHaveDuplicates();
    assertThat(kept.stream().map(one -> new Acknowledged(one.id(), one.data())).toList())
        .containsAll(all);
    requireEachPublishersOrder(kept);
  }

  /** A publisher waits for each answer, so its own are in the order of their numbers. */
  private static void requireEachPublishersOrder(List<Kept> kept) {
    Map<String, List<String>> byPublisher =
        kept.stream()
            .map(Kept::data)
            .collect(Collectors.groupingBy(data -> data.substring(0, data.indexOf('/'))));
    assertThat(byPublisher.values()).allSatisfy(data -> assertThat(data).isSorted());
  }
}
