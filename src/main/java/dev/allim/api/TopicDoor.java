package dev.allim.api;

import dev.allim.api.Publishing.Published;
import dev.allim.http.AcceptedTypes;
import dev.allim.http.problem.FailureAnswers;
import dev.allim.http.route.RawTarget;
import dev.allim.http.route.RequestTarget;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * {@code POST /events/{topic}}, the publish that nearly everybody makes: it goes past JAX-RS, which
 * is a good part of what one costs (ADR 14). Every other request goes on to there.
 */
@Singleton
class TopicDoor {
  /** Before the routes of JAX-RS and of files. */
  private static final int EARLY = 0;

  private static final int CREATED = 201;
  private static final int ACCEPTED = 202;

  private final Publishing publishing;
  private final NotificationReader reader;
  private final FailureAnswers failures;

  TopicDoor(Publishing publishing, NotificationReader reader, FailureAnswers failures) {
    this.publishing = publishing;
    this.reader = reader;
    this.failures = failures;
  }

  void open(@Observes Router router) {
    router.post(EventsFacade.PATH + "/*").order(EARLY).handler(this::enter);
  }

  /** The route's pattern takes the path without a topic for one of its own, too. */
  private void enter(RoutingContext context) {
    if (EventsFacade.PATH.equals(RawTarget.of(context).path())) {
      context.next();
    } else {
      handle(context);
    }
  }

  private void handle(RoutingContext context) {
    Executor loop = Publishing.loop(context);
    try {
      publish(context)
          .whenComplete(
              (published, failure) -> {
                if (failure == null) {
                  answer(context, published);
                } else {
                  loop.execute(() -> failures.answer(context, cause(failure)));
                }
              });
    } catch (RuntimeException refused) {
      failures.answer(context, refused);
    }
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  private CompletionStage<Published> publish(RoutingContext context) {
    requireAcceptable(context);
    RequestTarget target = EventsFacade.topic(context);
    return publishing.takingBody(context, body -> publish(context, target, body));
  }

  private CompletionStage<Published> publish(
      RoutingContext context, RequestTarget target, byte[] body) {
    return publishing.publish(
        context, body, List.of(reader.fromTopicRequest(target, body)), published -> published);
  }

  private static void requireAcceptable(RoutingContext context) {
    List<String> accepted = context.request().headers().getAll(HttpHeaders.ACCEPT);
    if (!accepted.isEmpty()
        && AcceptedTypes.of(accepted).quality(MediaType.APPLICATION_JSON) == 0) {
      throw new NotAcceptableException();
    }
  }

  private static void answer(RoutingContext context, Published published) {
    String document = published.documents().get(0) + "\n";
    context
        .response()
        .setStatusCode(published.accepted().later() ? ACCEPTED : CREATED)
        .putHeader(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON)
        .end(Buffer.buffer(document.getBytes(StandardCharsets.UTF_8)));
  }
}
