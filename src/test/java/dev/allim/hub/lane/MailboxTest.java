package dev.allim.hub.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.ring.PublishedFrame;
import dev.allim.hub.spi.FrameTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MailboxTest {
  private final Mailbox mailbox = new Mailbox();
  private final List<Long> taken = new ArrayList<>();

  private static List<PublishedFrame> batch(long from, long to) {
    return LongStream.rangeClosed(from, to).mapToObj(at -> FrameTexts.at(at, "a")).toList();
  }

  private void take(PublishedFrame published) {
    taken.add(published.position());
    published.frame().release();
  }

  @Test
  void asksForOneWakeUpUntilItIsEmptied() {
    assertThat(mailbox.offer(batch(1, 1))).isTrue();
    assertThat(mailbox.offer(batch(2, 3))).isFalse();
    assertThat(mailbox.depth()).isEqualTo(3);

    mailbox.drain(100, this::take);

    assertThat(taken).containsExactly(1L, 2L, 3L);
    assertThat(mailbox.isEmpty()).isTrue();
    assertThat(mailbox.depth()).isZero();
    assertThat(mailbox.offer(batch(4, 4))).isTrue();
  }

  @Test
  void handsOverWholeBatchesUpToAboutTheMost() {
    mailbox.offer(batch(1, 3));
    mailbox.offer(batch(4, 6));
    mailbox.offer(batch(7, 9));

    mailbox.drain(4, this::take);

    assertThat(taken).hasSize(6);
    assertThat(mailbox.isEmpty()).isFalse();
    assertThat(mailbox.depth()).isEqualTo(3);
  }

  /**
   * What is offered while the loop drains may be taken at once, and its wake-up is still to come.
   */
  @Test
  void isQuietOnlyIfTheNextOfferWakesTheLoop() {
    mailbox.offer(batch(1, 1));
    mailbox.drain(
        100,
        first -> {
          take(first);
          if (taken.size() == 1) {
            mailbox.offer(batch(2, 2));
          }
        });

    assertThat(taken).containsExactly(1L, 2L);
    assertThat(mailbox.isEmpty()).isTrue();
    assertThat(mailbox.isQuiet()).isFalse();
    mailbox.drain(100, this::take);
    assertThat(mailbox.isQuiet()).isTrue();
    assertThat(mailbox.offer(batch(3, 3))).isTrue();
    mailbox.drain(100, this::take);
  }

  @Test
  void letsSomeRestWhileNobodyListens() {
    mailbox.heard(false);

    for (int at = 1; at < Mailbox.RESTING; at++) {
      assertThat(mailbox.offer(batch(at, at))).isFalse();
    }

    assertThat(mailbox.depth()).isZero();
    assertThat(mailbox.isQuiet()).isTrue();
    assertThat(mailbox.offer(batch(Mailbox.RESTING, Mailbox.RESTING + 2))).isTrue();
    assertThat(mailbox.isQuiet()).isFalse();
    assertThat(mailbox.depth()).isEqualTo(2);
    mailbox.drain(Integer.MAX_VALUE, this::take);
    assertThat(taken).hasSize(Mailbox.RESTING + 2).isSorted();
  }

  /** A loop that could not take all in one turn goes on with the rest. */
  @Test
  void isNotQuietWithMoreThanMayRest() {
    mailbox.heard(false);
    mailbox.offer(batch(1, 1));
    mailbox.offer(batch(2, 2 + Mailbox.RESTING));

    mailbox.drain(1, this::take);

    assertThat(mailbox.isQuiet()).isFalse();
    mailbox.drain(Integer.MAX_VALUE, this::take);
    assertThat(mailbox.isQuiet()).isTrue();
  }

  @Test
  void wakesForTheNextOnceSomebodyListens() {
    mailbox.heard(false);
    mailbox.offer(batch(1, 1));

    mailbox.heard(true);
    assertThat(mailbox.isQuiet()).isFalse();
    mailbox.drain(Integer.MAX_VALUE, this::take);

    assertThat(taken).containsExactly(1L);
    assertThat(mailbox.offer(batch(2, 2))).isTrue();
    mailbox.drain(Integer.MAX_VALUE, this::take);
  }

  /** Whoever begins to listen drains, as a lane does when somebody joins: nothing stays behind. */
  @Test
  void leavesNothingBehindWhereListenersComeAndGo() throws InterruptedException {
    int offers = 200_000;
    List<PublishedFrame> batch = batch(1, 1);
    CountDownLatch all = new CountDownLatch(offers);
    ExecutorService loop = Executors.newSingleThreadExecutor();
    ExecutorService writer = Executors.newSingleThreadExecutor();
    Runnable drain = () -> mailbox.drain(Integer.MAX_VALUE, published -> all.countDown());
    Runnable comeAndGo =
        () -> {
          mailbox.heard(false);
          mailbox.heard(true);
          drain.run();
        };
    writer.execute(
        () -> {
          for (int i = 0; i < offers; i++) {
            if (i % 32 == 0) {
              loop.execute(comeAndGo);
            }
            if (mailbox.offer(batch)) {
              loop.execute(drain);
            }
          }
        });

    assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
    writer.shutdown();
    loop.shutdown();
    batch.forEach(published -> published.frame().release());
  }

  /** A wake-up that is lost would leave the consumer asleep and the test without an end. */
  @Test
  void losesNoWakeUpBetweenThreads() throws InterruptedException {
    int offers = 50_000;
    List<PublishedFrame> batch = batch(1, 1);
    CountDownLatch all = new CountDownLatch(2 * offers);
    ExecutorService consumer = Executors.newSingleThreadExecutor();
    ExecutorService producers = Executors.newFixedThreadPool(2);
    Runnable drain = () -> mailbox.drain(Integer.MAX_VALUE, published -> all.countDown());
    Runnable produce =
        () -> {
          for (int i = 0; i < offers; i++) {
            if (mailbox.offer(batch)) {
              consumer.execute(drain);
            }
          }
        };

    producers.execute(produce);
    producers.execute(produce);

    assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
    producers.shutdown();
    consumer.shutdown();
    batch.forEach(published -> published.frame().release());
  }
}
