package dev.allim.hub.publish;

import dev.allim.hub.spi.FrameEncoder;
import dev.allim.hub.spi.HubEnvironment;
import dev.allim.hub.spi.MemoryBudget;
import dev.allim.hub.spi.Publication;
import dev.allim.hub.spi.PublishResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lets publications whose events are large onto their way to the log only while there is memory for
 * them: data of nothing but line feeds is seven times as long as its request. Others are not kept
 * waiting. First come, first served. Any thread.
 */
public final class LargePublications {
  /** What is smaller is bounded well enough by what the bodies of its requests may hold. */
  private static final long LARGE = 64 * 1024;

  private final MemoryBudget budget;
  private final FrameEncoder encoder;

  /**
   * Within so much memory.
   *
   * @param most bytes of large events; one publication is let in whatever it has
   */
  public LargePublications(long most, HubEnvironment environment) {
    this.budget = new MemoryBudget(most, environment.nanoTime());
    this.encoder = environment.encoder();
  }

  /** What {@code submit} answers, which is called now or when there is room. */
  public CompletionStage<PublishResult> publish(
      Publication publication, Function<Publication, CompletionStage<PublishResult>> submit) {
    long bytes = bytes(publication);
    return bytes < LARGE
        ? submit.apply(publication)
        : inTurn(bytes, () -> submit.apply(publication));
  }

  private long bytes(Publication publication) {
    long bytes = 0;
    for (Publication.Entry entry : publication.entries()) {
      bytes += encoder.sizeHint(entry.notification());
    }
    return bytes;
  }

  private CompletionStage<PublishResult> inTurn(
      long bytes, Supplier<CompletionStage<PublishResult>> submit) {
    CompletableFuture<MemoryBudget.Share> room = new CompletableFuture<>();
    budget.whenRoom(() -> room.complete(taken(bytes)));
    return room.thenCompose(
        share -> begun(submit).whenComplete((result, failure) -> share.close()));
  }

  private static CompletionStage<PublishResult> begun(
      Supplier<CompletionStage<PublishResult>> submit) {
    try {
      return submit.get();
    } catch (RuntimeException | Error failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  /** Nobody is told to make way: the log is at them. */
  private MemoryBudget.Share taken(long bytes) {
    MemoryBudget.Share share = budget.open(() -> {});
    share.settle();
    share.hold(bytes);
    return share;
  }
}
