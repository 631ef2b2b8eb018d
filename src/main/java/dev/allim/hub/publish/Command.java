package dev.allim.hub.publish;

import dev.allim.hub.spi.HubEnvironment;
import dev.allim.hub.spi.Publication;
import dev.allim.hub.spi.PublishObserver;
import dev.allim.hub.spi.PublishRefusedException;
import dev.allim.hub.spi.PublishResult;
import dev.allim.log.AppendRequest;
import dev.allim.log.AppendResult;
import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** What waits for the writer: one of its three errands. */
sealed interface Command {
  /** Notifications in it that are not in the log yet. */
  int size();

  /** It will not be done. */
  void fail(Throwable failure);

  /**
   * A publication, with the frames of what is delivered now encoded already, so that the
   * publishers' threads share that work.
   *
   * @param request what is to be appended
   * @param encoded one for each entry that is delivered now, in order; none for those to which the
   *     log gives an id, which are encoded when it tells of them
   * @param observer hears how it fares
   * @param answer completed by the writer
   */
  record Publish(
      AppendRequest request,
      List<InFlight.Encoded> encoded,
      PublishObserver observer,
      CompletableFuture<PublishResult> answer)
      implements Command {
    static Publish of(Publication publication, HubEnvironment environment, boolean logKeepsIds) {
      PublishObserver observer = environment.listener().publishing(publication.entries().size());
      return new Publish(
          request(publication),
          InFlight.encode(publication, environment, logKeepsIds),
          observer,
          new CompletableFuture<>());
    }

    private static AppendRequest request(Publication publication) {
      return new AppendRequest(
          publication.entries().stream().map(Publish::entry).toList(),
          publication.idempotency().map(Publish::idempotency));
    }

    private static AppendRequest.Entry entry(Publication.Entry entry) {
      return new AppendRequest.Entry(
          entry.notification(),
          entry.idIsGiven(),
          entry.deliverAt(),
          entry.idempotency().map(Publish::idempotency));
    }

    private static AppendRequest.Idempotency idempotency(Publication.Idempotency once) {
      return new AppendRequest.Idempotency(once.key(), once.fingerprint());
    }

    @Override
    public int size() {
      return request.entries().size();
    }

    @Override
    public void fail(Throwable failure) {
      observer.onRefused();
      answer.completeExceptionally(failure);
    }

    /** The log has decided about it; {@code watermark} follow what is delivered now. */
    void decided(AppendResult result, DeliveryWatermark watermark) {
      if (result instanceof AppendResult.Appended appended) {
        complete(new PublishResult(appended.entries()));
        watermark.follow(appended.upTo(), observer);
      } else if (result instanceof AppendResult.Repeated repeated) {
        complete(new PublishResult(repeated.entries()));
      } else if (result instanceof AppendResult.IdTaken taken) {
        fail(PublishRefusedException.of(taken));
      } else if (result instanceof AppendResult.NoRoom none) {
        fail(PublishRefusedException.of(none));
      } else {
        fail(PublishRefusedException.of((AppendResult.KeyReused) result));
      }
    }

    private void complete(PublishResult result) {
      observer.onKept();
      observer.onAnswered();
      answer.complete(result);
    }

    /** Whether any of it is to be delivered later. */
    boolean delays() {
      return request.entries().stream().anyMatch(entry -> entry.deliverAt().isPresent());
    }
  }

  /**
   * Takes back a notification that waits for its time.
   *
   * @param id of which
   * @param allowed which ones; any other is as good as none
   * @param answer completed by the writer with whether there was one
   */
  record Cancel(EventId id, Predicate<Notification> allowed, CompletableFuture<Boolean> answer)
      implements Command {
    @Override
    public int size() {
      return 0;
    }

    @Override
    public void fail(Throwable failure) {
      answer.completeExceptionally(failure);
    }
  }

  /** Delivers what is due. */
  record DeliverDue() implements Command {
    @Override
    public int size() {
      return 0;
    }

    @Override
    public void fail(Throwable failure) {
      // it is still due, and tried again
    }
  }
}
