package dev.allim.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.ManualClock;
import dev.allim.hub.ManualLoop;
import dev.allim.hub.spi.ActiveSubscription;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicFilter;
import dev.allim.topic.TopicMatcher;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is published of those who come and go, and how much at once. */
class AnnouncerTest {
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final ManualClock nanoTime = new ManualClock();
  private final ManualLoop threads = new ManualLoop();
  private final List<Batch> told = new ArrayList<>();
  private final Deque<CompletableFuture<Void>> unanswered = new ArrayDeque<>();
  private boolean refuses;
  private final Announcer announcer =
      new Announcer(Attendance.within(GRACE), threads, nanoTime, this::publish);

  private CompletionStage<?> publish(Batch batch) {
    if (refuses) {
      throw new IllegalStateException("expected by this test");
    }
    told.add(batch);
    CompletableFuture<Void> answer = new CompletableFuture<>();
    unanswered.add(answer);
    return answer;
  }

  private static ActiveSubscription somebody(String topic) {
    return new ActiveSubscription(
        UUID.randomUUID(),
        TopicFilter.in(List.of(new TopicMatcher.ExactTopic(new Topic(topic)))),
        Instant.EPOCH,
        Optional.empty(),
        "10.0.0.1");
  }

  private static List<ActiveSubscription> crowd(int count) {
    return IntStream.range(0, count).mapToObj(i -> somebody("a")).toList();
  }

  private void answer() {
    unanswered.remove().complete(null);
    threads.runAll();
  }

  private void answerAll() {
    while (!unanswered.isEmpty()) {
      assertThat(unanswered).as("on their way at a time").hasSize(1);
      answer();
    }
  }

  private void pass(Duration time) {
    nanoTime.pass(time);
    announcer.tick();
    threads.runAll();
  }

  @Test
  void aJoinIsToldAtOnceAndALeaveAfterTheGrace() {
    ActiveSubscription one = somebody("a");
    announcer.joined(one);
    threads.runAll();
    assertThat(told).containsExactly(new Batch(List.of(one), List.of()));
    answer();

    announcer.left(one);
    pass(GRACE.minusNanos(1));
    assertThat(told).hasSize(1);

    pass(Duration.ofNanos(1));
    assertThat(told.get(1)).isEqualTo(new Batch(List.of(), List.of(one)));
  }

  @Test
  void tenThousandThatComeAndGoAtOnceAreNoStorm() {
    List<ActiveSubscription> crowd = crowd(10_000);
    crowd.forEach(announcer::joined);
    threads.runAll();
    answerAll();
    assertThat(told).hasSizeLessThanOrEqualTo(42);
    assertThat(told.stream().flatMap(batch -> batch.joined().stream()))
        .containsExactlyInAnyOrderElementsOf(crowd);

    told.clear();
    crowd.forEach(announcer::left);
    pass(GRACE);
    answerAll();
    assertThat(told).hasSizeLessThanOrEqualTo(42);
    assertThat(told.stream().flatMap(batch -> batch.left().stream()))
        .containsExactlyInAnyOrderElementsOf(crowd);
  }

  @Test
  void oneNotificationDoesNotGrowWithWhatTheyAskFor() {
    IntStream.range(0, 300).forEach(i -> announcer.joined(somebody("x".repeat(1024))));
    threads.runAll();
    answerAll();

    assertThat(told).allMatch(batch -> batch.joined().size() <= 64);
    assertThat(told.stream().mapToInt(batch -> batch.joined().size()).sum()).isEqualTo(300);
  }

  @Test
  void whatCouldNotBeToldIsToldLater() {
    ActiveSubscription one = somebody("a");
    announcer.joined(one);
    threads.runAll();
    unanswered.remove().completeExceptionally(new IllegalStateException("expected by this test"));
    threads.runAll();
    assertThat(told).hasSize(1);
    refuses = true;
    pass(Duration.ofSeconds(1));
    refuses = false;
    pass(Duration.ofSeconds(1));

    assertThat(told).hasSize(2).allMatch(batch -> batch.joined().equals(List.of(one)));
  }

  @Test
  void whoComesAndGoesBeforeAnybodyHeardOfItWasNeverThere() {
    announcer.joined(somebody("first"));
    ActiveSubscription brief = somebody("a");
    announcer.joined(brief);
    announcer.left(brief);
    threads.runAll();
    answerAll();
    pass(GRACE);

    assertThat(told).hasSize(1);
  }

  @Test
  void atTheEndNobodyIsWaitedFor() {
    ActiveSubscription one = somebody("a");
    announcer.joined(one);
    threads.runAll();
    announcer.left(one);

    CompletionStage<Void> over = announcer.end();
    threads.runAll();
    assertThat(over.toCompletableFuture()).isNotDone();
    answerAll();

    assertThat(over.toCompletableFuture()).isDone();
    assertThat(told.get(told.size() - 1).left()).containsExactly(one);
  }
}
