package dev.allim.http;

import dev.allim.http.problem.ProblemException;
import dev.allim.hub.spi.MemoryBudget;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The bodies of all requests that are in memory now, each from its first byte until its request is
 * answered: they share one budget, and each has to come within a time and at a rate. Safe for any
 * thread.
 */
@ApplicationScoped
public class Bodies {
  private static final long LOOK_MILLIS = 1000;

  private final PublishLimits limits;
  private final MemoryBudget budget;
  private final Set<RequestBody> arriving = ConcurrentHashMap.newKeySet();

  Bodies(PublishLimits limits) {
    this.limits = limits;
    this.budget = new MemoryBudget(limits.bytesOfBodies(), System::nanoTime);
  }

  void start(@Observes StartupEvent event, Vertx vertx) {
    vertx.setPeriodic(LOOK_MILLIS, timer -> arriving.forEach(RequestBody::look));
  }

  /** Bytes that they hold. */
  public long held() {
    return budget.held();
  }

  /**
   * Reads the whole body and answers by it. On the request's loop. Fails with a {@link
   * ProblemException} if it is too long, too slow or breaks off, and with a {@link
   * dev.allim.hub.HubOverloadedException} if others need its place.
   */
  public <T> Uni<T> read(
      HttpServerRequest request, Vertx vertx, Function<byte[], CompletionStage<T>> answer) {
    return Uni.createFrom()
        .emitter(
            client -> {
              RequestBody body = arriving(request, vertx);
              client.onTermination(() -> forget(body));
              body.read()
                  .thenCompose(answer)
                  .whenComplete((answered, failure) -> tell(client, answered, failure));
            });
  }

  /**
   * The same without what a {@link Uni} carries along for whoever asks for it: nobody can give up
   * waiting. Begins at once; a failure may come in a {@link CompletionException}.
   */
  public <T> CompletionStage<T> take(
      HttpServerRequest request, Vertx vertx, Function<byte[], CompletionStage<T>> answer) {
    RequestBody body = arriving(request, vertx);
    return body.read().thenCompose(answer).whenComplete((answered, failure) -> forget(body));
  }

  private RequestBody arriving(HttpServerRequest request, Vertx vertx) {
    RequestBody body = new RequestBody(request, vertx.getOrCreateContext(), limits, budget);
    arriving.add(body);
    return body;
  }

  private void forget(RequestBody body) {
    arriving.remove(body);
    body.forget();
  }

  private static <T> void tell(UniEmitter<? super T> client, T answered, Throwable failure) {
    if (failure == null) {
      client.complete(answered);
    } else {
      client.fail(failure instanceof CompletionException ? failure.getCause() : failure);
    }
  }
}
