package dev.allim.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.allim.api.Publishing.Published;
import dev.allim.http.NotificationFactory;
import dev.allim.http.problem.ProblemException;
import dev.allim.http.problem.ProblemType;
import dev.allim.http.route.RequestTarget;
import dev.allim.hub.NotificationHub;
import dev.allim.hub.spi.Publication.Entry;
import dev.allim.notification.EventId;
import dev.allim.security.AccessRules;
import dev.allim.security.Caller;
import dev.allim.topic.Topic;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Publishing: {@code POST} to {@code /events}. Answered once the hub has the notifications for
 * good. What goes to one topic as it is comes in by the {@link TopicDoor}. {@code DELETE} takes
 * back what can be taken back.
 */
@Path(EventsFacade.PATH)
public class PublishResource {
  /** One JSON document a line. */
  public static final String NDJSON = "application/x-ndjson";

  private static final String CLOUD_EVENT = "application/cloudevents+json";
  private static final String CLOUD_EVENTS = "application/cloudevents-batch+json";

  private final NotificationHub hub;
  private final NotificationReader reader;
  private final CloudEventReader cloud;
  private final NotificationFactory factory;
  private final Publishing publishing;
  private final AccessRules rules;

  PublishResource(
      NotificationHub hub,
      NotificationReader reader,
      CloudEventReader cloud,
      NotificationFactory factory,
      Publishing publishing,
      AccessRules rules) {
    this.hub = hub;
    this.reader = reader;
    this.cloud = cloud;
    this.factory = factory;
    this.publishing = publishing;
    this.rules = rules;
  }

  // ---- POST

  /** Publishes one notification or a batch. */
  @POST
  @Produces({MediaType.APPLICATION_JSON, NDJSON})
  public Uni<Response> publishJson(@Context RoutingContext context) {
    RequestTarget target = EventsFacade.all(context);
    HttpServerRequest request = context.request();
    return switch (mediaType(request)) {
      case CLOUD_EVENT -> {
        target.allow(CloudEventReader.PARAMETERS);
        yield publishing.withBody(
            context,
            body -> publish(context, body, List.of(cloud.structured(target, body)), Answer.ONE));
      }
      case CLOUD_EVENTS -> {
        target.allow(CloudEventReader.PARAMETERS);
        yield publishing.withBody(
            context, body -> publish(context, body, cloud.batched(target, body), Answer.ARRAY));
      }
      default ->
          CloudEvent.isIn(request.headers()) ? binary(context, target) : own(context, target);
    };
  }

  /**
   * A CloudEvent whose attributes are headers: they belong to what makes a repeated one the same.
   */
  private Uni<Response> binary(RoutingContext context, RequestTarget target) {
    target.allow(CloudEventReader.PARAMETERS);
    return publishing.withBody(
        context,
        body -> {
          CloudEvent event = CloudEvent.of(context.request().headers(), body);
          byte[] all = event.toString().getBytes(StandardCharsets.UTF_8);
          return publish(context, all, List.of(cloud.entry(target, event)), Answer.ONE);
        });
  }

  private Uni<Response> own(RoutingContext context, RequestTarget target) {
    target.allow(List.of());
    return switch (mediaType(context.request())) {
      case NDJSON ->
          publishing.withBody(
              context, body -> publish(context, body, reader.fromLines(body), Answer.LINES));
      case MediaType.APPLICATION_JSON ->
          publishing.withBody(context, body -> publishDocument(context, body));
      default -> throw new NotSupportedException();
    };
  }

  private CompletionStage<Response> publishDocument(RoutingContext context, byte[] body) {
    JsonNode document = reader.parse(body);
    return document.isArray()
        ? publish(context, body, reader.fromArray(document), Answer.ARRAY)
        : publish(context, body, List.of(reader.fromObject(document)), Answer.ONE);
  }

  private static String mediaType(HttpServerRequest request) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  /** How an answer is written. */
  @SuppressWarnings("ImmutableEnumChecker") // the functions below hold nothing
  private enum Answer {
    ONE(MediaType.APPLICATION_JSON, documents -> documents.get(0) + "\n"),
    ARRAY(MediaType.APPLICATION_JSON, documents -> "[" + String.join(",", documents) + "]\n"),
    LINES(NDJSON, documents -> String.join("\n", documents) + "\n");

    private final String type;
    private final Function<List<String>, String> form;

    Answer(String type, Function<List<String>, String> form) {
      this.type = type;
      this.form = form;
    }

    Response response(Published published) {
      boolean later = published.accepted().later();
      return Response.status(later ? Response.Status.ACCEPTED : Response.Status.CREATED)
          .type(type)
          .entity(bytes(published))
          .build();
    }

    /** Bytes are written as they are, without a look for whoever could make some of them. */
    private byte[] bytes(Published published) {
      return form.apply(published.documents()).getBytes(StandardCharsets.UTF_8);
    }
  }

  private CompletionStage<Response> publish(
      RoutingContext context, byte[] body, List<Entry> entries, Answer answer) {
    return publishing.publish(context, body, entries, answer::response);
  }

  // ---- DELETE

  /** Takes back the notification with this id, which waits for its time. */
  @DELETE
  public CompletionStage<Response> cancel(@Context RoutingContext context) {
    RequestTarget target = EventsFacade.all(context);
    target.allow(List.of("id"));
    EventId id =
        target
            .one("id")
            .map(EventId::new)
            .orElseThrow(() -> problem(ProblemType.INVALID_FIELD, "say which by ?id="));
    Caller caller = Caller.of(context);
    rules.requirePublisher(caller);
    publishing.count(context, 1, 0);
    return hub.cancel(id, waiting -> rules.mayPublish(caller, waiting.topics()))
        .thenApply(cancelled -> cancelled(cancelled, id));
  }

  private static Response cancelled(boolean cancelled, EventId id) {
    if (!cancelled) {
      throw problem(
          ProblemType.NOT_WAITING,
          "no notification with the id '%s' waits for its time".formatted(id));
    }
    return Response.noContent().build();
  }

  private static ProblemException problem(ProblemType type, String detail) {
    return new ProblemException(type.inField("id", detail));
  }

  /** Deletes what is kept of this topic, so that it is not replayed any more. */
  @DELETE
  @Path("{topic: .+}")
  @Produces(MediaType.APPLICATION_JSON)
  public CompletionStage<Response> purge(@Context RoutingContext context) {
    RequestTarget target = EventsFacade.topic(context);
    target.allow(List.of());
    Topic topic = factory.topic(target.topic());
    Caller caller = Caller.of(context);
    rules.requirePublish(caller, List.of(topic));
    publishing.count(context, 1, 0);
    // what stands under topics, too, that it may not publish to is not its own alone, and stays
    return (rules.mayPublishAll(caller)
            ? hub.purge(topic)
            : hub.purge(topic, kept -> rules.mayPublish(caller, kept.topics())))
        .thenApply(PublishResource::purged);
  }

  private static Response purged(int notifications) {
    return Response.ok("{\"deleted\":%d}\n".formatted(notifications))
        .type(MediaType.APPLICATION_JSON)
        .build();
  }
}
