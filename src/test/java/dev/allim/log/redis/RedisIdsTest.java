package dev.allim.log.redis;

import static dev.allim.log.Appends.append;
import static dev.allim.log.Appends.deliverDue;
import static dev.allim.log.Appends.result;
import static dev.allim.log.Locations.find;
import static dev.allim.log.Locations.isKept;
import static dev.allim.log.Notifications.note;
import static dev.allim.log.Notifications.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allim.log.AppendRequest;
import dev.allim.log.AppendRequest.Entry;
import dev.allim.log.AppendRequest.Idempotency;
import dev.allim.log.AppendResult;
import dev.allim.log.Appends.Heard;
import dev.allim.log.IdempotencyKey;
import dev.allim.notification.Accepted;
import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import dev.allim.notification.TimeOrderedIds;
import dev.allim.testing.HandClock;
import dev.allim.testing.RedisServer;
import dev.allim.topic.Topic;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ids of the hub are positions: any program finds them, and none keeps a table of them. */
class RedisIdsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;

  private final HandClock clock = new HandClock();
  private final TimeOrderedIds ids = new TimeOrderedIds(clock, new Random(15));
  private RedisServer server;
  private RedisNode here;
  private RedisNode there;
  private RedisLog one;
  private RedisLog two;

  @BeforeEach
  void start() {
    server = RedisServer.start(directory);
    here = new RedisNode(server);
    there = new RedisNode(server);
    one = here.open("ids", clock);
    two = there.open("ids", clock);
  }

  @AfterEach
  void stop() {
    if (two != null) {
      one.close();
      two.close();
      here.close();
      there.close();
      server.close();
    }
  }

  private Notification own(String topic) {
    return Notification.of(ids.next(), new Topic(topic), "data");
  }

  private Entry entry(Notification notification) {
    return new Entry(notification, false, Optional.empty(), Optional.empty());
  }

  private Entry later(Notification notification, Instant at) {
    return new Entry(notification, false, Optional.of(at), Optional.empty());
  }

  private static AppendRequest once(String key, Entry... entries) {
    return new AppendRequest(
        List.of(entries), Optional.of(new Idempotency(IdempotencyKey.of(key), "print")));
  }

  private static Entry withKey(Entry entry, String key) {
    return new Entry(
        entry.notification(),
        entry.idIsGiven(),
        entry.deliverAt(),
        Optional.of(new Idempotency(IdempotencyKey.of(key), "print")));
  }

  private static List<EventId> accepted(AppendResult result) {
    if (result instanceof AppendResult.Appended appended) {
      return appended.entries().stream().map(Accepted::id).toList();
    }
    return ((AppendResult.Repeated) result).entries().stream().map(Accepted::id).toList();
  }

  private List<EventId> publish(Entry... entries) {
    return accepted(result(one, new AppendRequest(List.of(entries), Optional.empty())));
  }

  private long tableOfIds() {
    return here.ask(Request.cmd(Command.HLEN).arg("{ids}:ids")).toLong();
  }

  @Test
  void whatOneAnswersTheOtherTellsAndFindsWithoutATable() {
    Heard atTwo = new Heard();
    two.tail(0, atTwo);

    List<EventId> answered = publish(entry(own("a")), entry(own("b")), entry(own("a")));

    assertThat(answered).allMatch(EventId::isMadeByHub).doesNotHaveDuplicates();
    await().atMost(PATIENCE).until(() -> atTwo.ids().size() == 3);
    List<String> texts = answered.stream().map(EventId::value).toList();
    assertThat(atTwo.ids()).isEqualTo(texts);
    assertThat(find(two, answered.get(1))).hasValue(2);
    assertThat(readAll(two, find(two, answered.get(0)).orElseThrow(), "a"))
        .containsExactly(texts.get(2));
    assertThat(tableOfIds()).isZero();
  }

  @Test
  void givenIdsAndThoseThatWaitedHaveATableAsLongAsTheyAreKept() {
    Entry given = Entry.of(note("given", "a"));
    EventId waits = ids.next();
    Entry waiting =
        later(Notification.of(waits, new Topic("a"), "x"), clock.instant().plusSeconds(5));

    List<EventId> answered = publish(given, waiting, entry(own("a")));

    assertThat(answered.get(0)).isEqualTo(new EventId("given"));
    assertThat(answered.get(1)).as("by which it can be taken back").isEqualTo(waits);
    assertThat(find(two, answered.get(2))).hasValue(2);
    clock.advance(Duration.ofSeconds(5));
    assertThat(deliverDue(two, clock.instant(), 10)).isOne();
    assertThat(find(one, waits)).hasValue(3);
    assertThat(tableOfIds()).isEqualTo(2);

    one.purge(new Topic("a"));

    assertThat(tableOfIds()).isZero();
  }

  @Test
  void whatIsGoneAndWhatNeverWasIsUnknown() {
    EventId gone = publish(entry(own("a"))).get(0);
    EventId kept = publish(entry(own("b"))).get(0);
    one.purge(new Topic("a"));

    assertThat(isKept(two, gone)).isFalse();
    assertThat(isKept(two, kept)).isTrue();
    assertThat(isKept(two, ids.next())).isFalse();
    try (RedisLog another = here.open("another", clock)) {
      append(another, note("1", "a"), note("2", "a"));
      assertThat(isKept(another, kept)).isFalse();
    }
  }

  @Test
  void aPublishThatIsRepeatedIsAnsweredAlikeWhereverItComes() {
    AppendRequest request =
        once("key", entry(own("a")), Entry.of(note("given", "a")), entry(own("b")));
    List<EventId> first = accepted(result(one, request));

    assertThat(accepted(result(two, request))).isEqualTo(first);
    assertThat(readAll(two, 0, "*")).isEqualTo(first.stream().map(EventId::value).toList());
  }

  @Test
  void ofABatchThatIsRepeatedInPartEachHasItsOwn() {
    Entry repeated = withKey(entry(own("a")), "each");
    EventId first = publish(repeated).get(0);

    List<EventId> both = publish(repeated, entry(own("a")));

    assertThat(both.get(0)).isEqualTo(first);
    assertThat(both).doesNotHaveDuplicates();
    assertThat(Stream.of(both.get(0), both.get(1)).map(id -> find(two, id).orElseThrow()))
        .containsExactly(1L, 2L);
  }

  /** Redis comes back with nothing: no id of before is anybody's, and none is given twice. */
  @Test
  void idsOfALostTimeAreNobodyElses() {
    List<EventId> lost = publish(entry(own("a")), entry(own("a")));
    server.kill();
    server.startAgain();

    EventId fresh =
        await()
            .atMost(PATIENCE)
            .pollInterval(50, TimeUnit.MILLISECONDS)
            .ignoreExceptions()
            .until(() -> publish(entry(own("a"))).get(0), id -> true);

    assertThat(lost).doesNotContain(fresh);
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(find(two, fresh)).isPresent());
    assertThat(lost).noneMatch(id -> isKept(two, id));
    assertThat(lost).allMatch(id -> find(two, id).isEmpty());
  }
}
