package dev.allim.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.allim.http.Fingerprint;
import dev.allim.http.route.RequestTarget;
import dev.allim.hub.spi.Dialect;
import dev.allim.hub.spi.Frame;
import dev.allim.hub.spi.StartAt;
import dev.allim.security.Caller;
import dev.allim.sse.EventStreams;
import dev.allim.sse.StreamTerms;
import dev.allim.text.InvalidFieldException;
import dev.allim.topic.TopicFilter;
import dev.allim.wire.LongAnswers;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jboss.resteasy.reactive.RestStreamElementType;

/**
 * Listening: {@code GET} on {@code /events} is a stream of Server-Sent Events, or a page of history
 * for a client that asks for JSON.
 */
@Path(EventsFacade.PATH)
public class StreamResource {
  private static final String CACHE_CONTROL = "Cache-Control";
  private static final String NEVER_CACHED = "no-cache, no-transform";

  /** Understood by nginx and those who follow it: hand on every byte at once. */
  private static final String BUFFERING = "X-Accel-Buffering";

  private static final String NO = "no";

  /** What Quarkus REST adds for its own client, and no browser knows. */
  private static final String SSE_ELEMENT_TYPE = "X-SSE-Content-Type";

  /** What {@link ListenFilter} leaves of an Accept header that admits nothing there is. */
  static final String NEITHER = "application/x-neither";

  /** Whoever does not say what it wants, as curl, gets the stream. */
  private static final String JSON_IF_ASKED = "application/json;qs=0.5";

  /** What a page depends on besides its address, so that no cache hands it to another. */
  private static final String PAGE_VARIES = "Accept, Authorization, Cookie, Last-Event-ID";

  /** Reading a page takes milliseconds; this is for what finds next to nothing. */
  private static final Duration PAGE_TIME = Duration.ofSeconds(10);

  private static final byte[] NOTHING = new byte[0];

  /** As it is read, as text and as bytes. */
  private static final long BYTES_OF_A_PAGE = 3L * HistoryReader.BYTES_A_PAGE;

  private final EventStreams streams;
  private final HistoryReader history;
  private final ListenRequest listen;

  /** Made when it is needed first: that takes a while. */
  private final Instance<ObjectMapper> json;

  private final LongAnswers answers;

  StreamResource(
      EventStreams streams,
      HistoryReader history,
      ListenRequest listen,
      Instance<ObjectMapper> json,
      LongAnswers answers) {
    this.streams = streams;
    this.history = history;
    this.listen = listen;
    this.json = json;
    this.answers = answers;
  }

  // ---- streams

  /** Everything, or what the {@code topic} parameters ask for. */
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RestStreamElementType(MediaType.TEXT_PLAIN)
  @ResponseHeader(name = CACHE_CONTROL, value = NEVER_CACHED)
  @ResponseHeader(name = BUFFERING, value = NO)
  public Multi<Frame> listen(@Context RoutingContext context) {
    return stream(context, false);
  }

  /** One topic. */
  @GET
  @Path("{topic: .+}")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RestStreamElementType(MediaType.TEXT_PLAIN)
  @ResponseHeader(name = CACHE_CONTROL, value = NEVER_CACHED)
  @ResponseHeader(name = BUFFERING, value = NO)
  public Multi<Frame> listenToTopic(@Context RoutingContext context) {
    return stream(context, true);
  }

  private Multi<Frame> stream(RoutingContext context, boolean topicInPath) {
    requireAcceptable(context.request());
    HttpServerRequest request = context.request();
    RequestTarget target = EventsFacade.target(context, topicInPath);
    Caller caller = Caller.of(context);
    TopicFilter filter = listen.filter(target, topicInPath, List.of()).within(caller.audience());
    StartAt start = listen.start(target, context, new StartAt.Now());
    context.addHeadersEndHandler(head -> adjustHead(request));
    return streams.open(
        request,
        new StreamTerms(
            filter, ListenRequest.dialect(target), start, caller.entitlement(), caller.identity()));
  }

  /** A stream in HTTP/1.0 has neither chunks nor a length: its connection ends with it. */
  private static void adjustHead(HttpServerRequest request) {
    MultiMap headers = request.response().headers().remove(SSE_ELEMENT_TYPE);
    if (request.version() == HttpVersion.HTTP_1_0) {
      headers.remove("Connection");
    }
  }

  /** Between two resources on one path JAX-RS takes the first when neither is acceptable. */
  private static void requireAcceptable(HttpServerRequest request) {
    if (NEITHER.equals(request.getHeader(HttpHeaders.ACCEPT))) {
      throw new NotAcceptableException();
    }
  }

  // ---- pages

  /** A page of history. */
  @GET
  @Produces(JSON_IF_ASKED)
  public Uni<Response> page(@Context RoutingContext context, @Context Request conditions) {
    return page(context, conditions, false);
  }

  /** A page of one topic's history. */
  @GET
  @Path("{topic: .+}")
  @Produces(JSON_IF_ASKED)
  public Uni<Response> pageOfTopic(@Context RoutingContext context, @Context Request conditions) {
    return page(context, conditions, true);
  }

  private Uni<Response> page(RoutingContext context, Request conditions, boolean topicInPath) {
    RequestTarget target = EventsFacade.target(context, topicInPath);
    requireNoTicket(Caller.of(context));
    TopicFilter filter =
        listen
            .filter(target, topicInPath, PagePart.PARAMETERS)
            .within(Caller.of(context).audience());
    PagePart part = PagePart.of(target, listen.start(target, context, new StartAt.Earliest()));
    Dialect dialect = ListenRequest.dialect(target);
    boolean withBody = context.request().method().equals(HttpMethod.GET);
    return answers.when(
        context,
        BYTES_OF_A_PAGE,
        () ->
            Uni.createFrom()
                .item(() -> page(filter, part, dialect, context))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .map(page -> response(page, conditions, withBody)));
  }

  /**
   * By a ticket there is one stream, so that nobody reads beside its owner who has seen its URL.
   */
  private static void requireNoTicket(Caller caller) {
    if (caller.ticket().isPresent()) {
      throw new InvalidFieldException(
          "ticket",
          "a ticket is for a stream; a page of history is read with the token itself, as"
              + " 'Authorization: Bearer …' or in a cookie");
    }
  }

  /** Waiting for room, which others took, is no part of the time that reading may take. */
  private byte[] page(TopicFilter filter, PagePart part, Dialect dialect, RoutingContext context) {
    Patience patience =
        new Patience(
            context.response()::closed, System::nanoTime, System.nanoTime() + PAGE_TIME.toNanos());
    return patience.tellNobodyWhoLeft(
        NOTHING, () -> bytes(history.read(filter, part, dialect, patience)));
  }

  private byte[] bytes(HistoryPage page) {
    try {
      return json.get().writeValueAsBytes(page);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("A page is made of texts", impossible);
    }
  }

  private static Response response(byte[] page, Request conditions, boolean withBody) {
    EntityTag tag = new EntityTag(Fingerprint.of("", page).substring(0, 32));
    Response.ResponseBuilder unchanged = conditions.evaluatePreconditions(tag);
    Response.ResponseBuilder response = unchanged != null ? unchanged : content(page, withBody);
    return response
        .tag(tag)
        .header(CACHE_CONTROL, "private, no-cache")
        .header(HttpHeaders.VARY, PAGE_VARIES)
        .header("X-Content-Type-Options", "nosniff") // others' data, whatever a browser makes of it
        .build();
  }

  private static Response.ResponseBuilder content(byte[] page, boolean withBody) {
    Response.ResponseBuilder ok = Response.ok().type(MediaType.APPLICATION_JSON);
    return withBody ? ok.entity(page) : ok;
  }

  // ---- heads

  /** The head that GET would begin with. */
  @HEAD
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public Response head(@Context RoutingContext context) {
    return emptyStream(context, false);
  }

  /** The head that GET would begin with. */
  @HEAD
  @Path("{topic: .+}")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public Response headOfTopic(@Context RoutingContext context) {
    return emptyStream(context, true);
  }

  /** The head that GET would begin with. */
  @HEAD
  @Produces(JSON_IF_ASKED)
  public Uni<Response> headOfPage(@Context RoutingContext context, @Context Request conditions) {
    return page(context, conditions, false);
  }

  /** The head that GET would begin with. */
  @HEAD
  @Path("{topic: .+}")
  @Produces(JSON_IF_ASKED)
  public Uni<Response> headOfPageOfTopic(
      @Context RoutingContext context, @Context Request conditions) {
    return page(context, conditions, true);
  }

  private Response emptyStream(RoutingContext context, boolean topicInPath) {
    requireAcceptable(context.request());
    RequestTarget target = EventsFacade.target(context, topicInPath);
    listen.filter(target, topicInPath, List.of());
    listen.start(target, context, new StartAt.Now());
    ListenRequest.dialect(target);
    return Response.ok()
        .type(MediaType.SERVER_SENT_EVENTS_TYPE)
        .header(CACHE_CONTROL, NEVER_CACHED)
        .header(BUFFERING, NO)
        .build();
  }
}
