package dev.allim.hub.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.TestHub;
import dev.allim.hub.spi.HubListener;
import dev.allim.hub.spi.Publication;
import dev.allim.hub.spi.PublishResult;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What is large waits for its turn, and nothing else does. */
class LargePublicationsTest {
  private static final long ROOM = 256 * 1024;
  private static final String LINES = "\n".repeat(60_000);

  private final LargePublications large =
      new LargePublications(
          ROOM,
          TestHub.environment(
              HubListener.NONE, UnpooledByteBufAllocator.DEFAULT, System::nanoTime, Runnable::run));

  private final List<CompletableFuture<PublishResult>> submitted = new ArrayList<>();

  private CompletionStage<PublishResult> publish(String data) {
    return large.publish(
        Publication.of(List.of(TestHub.notification(submitted.size(), data, "a"))), this::submit);
  }

  private CompletionStage<PublishResult> submit(Publication publication) {
    CompletableFuture<PublishResult> answer = new CompletableFuture<>();
    submitted.add(answer);
    return answer;
  }

  @Test
  void whatIsLongOnTheWireWaitsUntilWhatIsBeforeItIsAnswered() {
    publish(LINES);
    CompletableFuture<PublishResult> second = publish(LINES).toCompletableFuture();
    assertThat(submitted).hasSize(1);

    submitted.get(0).complete(new PublishResult(List.of()));
    assertThat(submitted).hasSize(2);
    assertThat(second).isNotDone();

    submitted.get(1).complete(new PublishResult(List.of()));
    assertThat(second).isCompleted();
  }

  @Test
  void whatIsShortGoesPast() {
    publish(LINES);
    publish(LINES);
    publish("short");

    assertThat(submitted).hasSize(2);
  }

  @Test
  void whatFailsMakesWay() {
    publish(LINES);
    publish(LINES);

    submitted.get(0).completeExceptionally(new IllegalStateException());

    assertThat(submitted).hasSize(2);
  }

  @Test
  void whatCannotEvenBeginMakesWay() {
    CompletionStage<PublishResult> failed =
        large.publish(
            Publication.of(List.of(TestHub.notification(1, LINES, "a"))),
            publication -> {
              throw new IllegalStateException();
            });
    publish(LINES);

    assertThat(failed.toCompletableFuture()).isCompletedExceptionally();
    assertThat(submitted).hasSize(1);
  }
}
