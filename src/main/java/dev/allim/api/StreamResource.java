package dev.allim.api;

import dev.allim.hub.Frame;
import dev.allim.notification.EventId;
import dev.allim.notification.Interest;
import dev.allim.sse.EventStreams;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jboss.resteasy.reactive.RestStreamElementType;

/** Listening: {@code GET} on {@code /events} is a stream of Server-Sent Events. */
@Path("/events")
public class StreamResource {
  private static final String CACHE_CONTROL = "Cache-Control";
  private static final String NEVER_CACHED = "no-cache, no-transform";

  /** Understood by nginx and those who follow it: hand on every byte at once. */
  private static final String BUFFERING = "X-Accel-Buffering";

  private static final String NO = "no";

  /** What Quarkus REST adds for its own client, and no browser knows. */
  private static final String SSE_ELEMENT_TYPE = "X-SSE-Content-Type";

  private final EventStreams streams;
  private final NotificationFactory factory;

  StreamResource(EventStreams streams, NotificationFactory factory) {
    this.streams = streams;
    this.factory = factory;
  }

  /** Everything, or what the {@code topic} parameters ask for. */
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RestStreamElementType(MediaType.TEXT_PLAIN)
  @ResponseHeader(name = CACHE_CONTROL, value = NEVER_CACHED)
  @ResponseHeader(name = BUFFERING, value = NO)
  public Multi<Frame> listen(@Context RoutingContext context) {
    return stream(context, interest(RequestTarget.of(context.request())));
  }

  /** One topic. */
  @GET
  @Path("{topic: .+}")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RestStreamElementType(MediaType.TEXT_PLAIN)
  @ResponseHeader(name = CACHE_CONTROL, value = NEVER_CACHED)
  @ResponseHeader(name = BUFFERING, value = NO)
  public Multi<Frame> listenToTopic(@Context RoutingContext context) {
    return stream(context, topicInterest(RequestTarget.of(context.request())));
  }

  /** The head that GET would begin with. */
  @HEAD
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public Response head(@Context HttpServerRequest request) {
    RequestTarget target = RequestTarget.of(request);
    interest(target);
    return emptyStream(target, request);
  }

  /** The head that GET would begin with. */
  @HEAD
  @Path("{topic: .+}")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public Response headOfTopic(@Context HttpServerRequest request) {
    RequestTarget target = RequestTarget.of(request);
    topicInterest(target);
    return emptyStream(target, request);
  }

  private Multi<Frame> stream(RoutingContext context, Interest interest) {
    HttpServerRequest request = context.request();
    context.addHeadersEndHandler(head -> request.response().headers().remove(SSE_ELEMENT_TYPE));
    return streams.open(request, interest, lastEventId(RequestTarget.of(request), request));
  }

  private static Response emptyStream(RequestTarget target, HttpServerRequest request) {
    lastEventId(target, request);
    return Response.ok()
        .type(MediaType.SERVER_SENT_EVENTS_TYPE)
        .header(CACHE_CONTROL, NEVER_CACHED)
        .header(BUFFERING, NO)
        .build();
  }

  private Interest interest(RequestTarget target) {
    target.allow(List.of("topic", "lastEventId", "last_event_id"));
    List<String> topics = target.all("topic");
    return topics.isEmpty() ? Interest.everything() : Interest.in(factory.matchers(topics));
  }

  private Interest topicInterest(RequestTarget target) {
    target.allow(List.of("lastEventId", "last_event_id"));
    return Interest.in(factory.matchers(List.of(target.topic())));
  }

  /**
   * The header, which a browser sends by itself, wins; a parameter serves a page that was just
   * loaded.
   */
  private static Optional<EventId> lastEventId(RequestTarget target, HttpServerRequest request) {
    return Stream.of(header(request), target.one("lastEventId"), target.one("last_event_id"))
        .flatMap(Optional::stream)
        .filter(id -> !id.isEmpty())
        .findFirst()
        .map(EventId::new);
  }

  /** Browsers send the id as UTF-8, HTTP libraries read bytes as Latin-1. */
  private static Optional<String> header(HttpServerRequest request) {
    return Optional.ofNullable(request.getHeader("Last-Event-ID"))
        .map(
            latin1 ->
                new String(latin1.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
  }
}
