package dev.allim.log.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allim.log.AppendRequest;
import dev.allim.log.AppendRequest.Entry;
import dev.allim.log.AppendRequest.Idempotency;
import dev.allim.log.AppendResult;
import dev.allim.log.Appends.Heard;
import dev.allim.log.IdempotencyKey;
import dev.allim.log.Notifications;
import dev.allim.notification.Accepted;
import dev.allim.notification.Notification;
import dev.allim.notification.TimeOrderedIds;
import dev.allim.testing.RedisServer;
import dev.allim.topic.Topic;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Redis dies in the middle of publishing, again and again, while two programs publish and retry:
 * what was acknowledged is there once, in the order of who published it, and both have heard the
 * same.
 */
class RedisKillTest {
  private static final int ROUNDS = Integer.getInteger("allim.kill.redis.rounds", 6);
  private static final int A_GROUP = 5;
  private static final long SEED = 20_261_126;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long A_PAUSE = Duration.ofMillis(10).toNanos();

  @TempDir Path directory;

  private final TimeOrderedIds ids = new TimeOrderedIds(Clock.systemUTC(), new Random(SEED));
  private final AtomicInteger answers = new AtomicInteger();
  private final AtomicBoolean enough = new AtomicBoolean();

  @Test
  void everythingAcknowledgedIsThereOnceAndHeardByAll() {
    RedisServer server =
        RedisServer.start(directory, "--appendonly", "yes", "--appendfsync", "always");
    try (server;
        RedisNode here = new RedisNode(server);
        RedisNode there = new RedisNode(server);
        RedisLog one = here.open("kill", Clock.systemUTC());
        RedisLog two = there.open("kill", Clock.systemUTC())) {
      Heard atOne = new Heard();
      Heard atTwo = new Heard();
      one.tail(0, atOne);
      two.tail(0, atTwo);
      CompletableFuture<List<String>> ofOne =
          CompletableFuture.supplyAsync(() -> publishUntilEnough(one, "one"));
      CompletableFuture<List<String>> ofTwo =
          CompletableFuture.supplyAsync(() -> publishUntilEnough(two, "two"));
      killAgainAndAgain(server);
      enough.set(true);
      List<String> acknowledged =
          Stream.concat(ofOne.join().stream(), ofTwo.join().stream()).toList();

      List<String> kept = Notifications.readAll(one, 0, "*");
      assertThat(kept)
          .doesNotHaveDuplicates()
          .containsExactlyInAnyOrderElementsOf(acknowledged)
          .containsSubsequence(ofOne.join())
          .containsSubsequence(ofTwo.join());
      await()
          .atMost(PATIENCE)
          .until(() -> atOne.ids().size() >= kept.size() && atTwo.ids().size() >= kept.size());
      assertThat(atOne.ids()).isEqualTo(kept);
      assertThat(atTwo.ids()).isEqualTo(kept);
    }
  }

  private void killAgainAndAgain(RedisServer server) {
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      awaitAnswers(10 + random.nextInt(100));
      server.kill();
      server.startAgain();
    }
    awaitAnswers(10);
  }

  private void awaitAnswers(int more) {
    int until = answers.get() + more;
    await().atMost(PATIENCE).until(() -> answers.get() >= until);
  }

  /** Whatever was not answered is published again, under the same keys; the ids answered. */
  private List<String> publishUntilEnough(RedisLog log, String publisher) {
    List<String> acknowledged = new ArrayList<>();
    for (int group = 0; !enough.get(); group++) {
      List<AppendRequest> requests = new ArrayList<>();
      for (int i = 0; i < A_GROUP; i++) {
        requests.add(request("%s-%d-%d".formatted(publisher, group, i)));
      }
      acknowledged.addAll(untilAnswered(log, requests));
      answers.incrementAndGet();
    }
    return acknowledged;
  }

  private AppendRequest request(String key) {
    Notification notification = Notification.of(ids.next(), new Topic("a"), key);
    return new AppendRequest(
        List.of(new Entry(notification, false, Optional.empty(), Optional.empty())),
        Optional.of(new Idempotency(IdempotencyKey.of(key), "print")));
  }

  private static List<String> untilAnswered(RedisLog log, List<AppendRequest> requests) {
    while (true) {
      try {
        return log.append(requests).toCompletableFuture().join().stream()
            .flatMap(RedisKillTest::entries)
            .map(accepted -> accepted.id().value())
            .toList();
      } catch (CompletionException notAnswered) {
        LockSupport.parkNanos(A_PAUSE);
      }
    }
  }

  private static Stream<Accepted> entries(AppendResult result) {
    if (result instanceof AppendResult.Appended appended) {
      return appended.entries().stream();
    }
    return ((AppendResult.Repeated) result).entries().stream();
  }
}
