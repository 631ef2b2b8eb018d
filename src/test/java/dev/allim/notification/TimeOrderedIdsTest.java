package dev.allim.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TimeOrderedIdsTest {
  private static final long NOON = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
  private final AtomicLong millis = new AtomicLong(NOON);
  private final TimeOrderedIds ids = new TimeOrderedIds(manual(), new Random(1));

  private Clock manual() {
    InstantSource source = () -> Instant.ofEpochMilli(millis.get());
    return source.withZone(ZoneOffset.UTC);
  }

  private static UUID uuid(EventId id) {
    assertThat(id.value()).startsWith("urn:uuid:");
    return UUID.fromString(id.value().substring("urn:uuid:".length()));
  }

  @Test
  void makesUuidsOfVersion8WithTheTimeInThem() {
    UUID id = uuid(ids.next());

    assertThat(id.version()).isEqualTo(8);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOON);
  }

  @Test
  void ordersIdsOfOneMillisecondAndOfLaterOnes() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      made.add(ids.next().value());
      millis.addAndGet(i % 1000 == 0 ? 1 : 0);
    }

    assertThat(made).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void goesOnInOrderWhenTheClockStepsBack() {
    EventId before = ids.next();
    millis.addAndGet(-60_000);
    EventId after = ids.next();
    millis.addAndGet(120_000);
    EventId later = ids.next();

    assertThat(List.of(before.value(), after.value(), later.value())).isSorted();
    assertThat(uuid(later).getMostSignificantBits() >>> 16).isEqualTo(NOON + 60_000);
  }

  @Test
  void neverMakesAnIdTwiceWhateverThreadsAsk() throws Exception {
    int threads = 4;
    int each = 20_000;
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    Callable<List<String>> work =
        () -> {
          start.await(10, TimeUnit.SECONDS);
          return Stream.generate(ids::next).limit(each).map(EventId::value).toList();
        };
    List<Future<List<String>>> made =
        IntStream.range(0, threads).mapToObj(i -> pool.submit(work)).toList();

    Set<String> all = new HashSet<>();
    for (Future<List<String>> one : made) {
      List<String> mine = one.get(10, TimeUnit.SECONDS);
      assertThat(mine).isSorted();
      all.addAll(mine);
    }
    pool.shutdown();
    assertThat(all).hasSize(threads * each);
  }
}
