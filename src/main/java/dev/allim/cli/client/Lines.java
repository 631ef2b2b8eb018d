package dev.allim.cli.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Hands the lines of an answer from the threads of the HTTP client to one that waits for them, one
 * by one, so that a reader that is slow slows the sender down.
 */
public final class Lines implements Flow.Subscriber<String> {
  private final BlockingQueue<Next> arrived = new LinkedBlockingQueue<>();
  private final CompletableFuture<Flow.Subscription> source = new CompletableFuture<>();

  /** What comes next of an answer. */
  public sealed interface Next {
    /** A line, without its end. */
    record Line(String text) implements Next {}

    /** There will be no more. */
    record End(Optional<Throwable> why) implements Next {}

    /** Nothing has come for as long as one was willing to wait. */
    record Silence() implements Next {}
  }

  /** Waits for the next line, at most for that long. */
  public Next next(Duration patience) {
    try {
      Next next = arrived.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (next == null) {
        return new Next.Silence();
      }
      source.thenAccept(lines -> lines.request(1));
      return next;
    } catch (InterruptedException interrupted) {
      throw CommandFailedException.failed("interrupted");
    }
  }

  /** All that is left, as one text. */
  public String rest(Duration patience) {
    StringBuilder text = new StringBuilder();
    while (next(patience) instanceof Next.Line line) {
      text.append(line.text()).append('\n');
    }
    return text.toString();
  }

  @Override
  public void onSubscribe(Flow.Subscription lines) {
    source.complete(lines);
    lines.request(1);
  }

  @Override
  public void onNext(String line) {
    arrived.add(new Next.Line(line));
  }

  @Override
  public void onError(Throwable failure) {
    arrived.add(new Next.End(Optional.of(failure)));
  }

  @Override
  public void onComplete() {
    arrived.add(new Next.End(Optional.empty()));
  }
}
