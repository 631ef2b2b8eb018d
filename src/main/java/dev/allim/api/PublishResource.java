package dev.allim.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.allim.hub.NotificationHub;
import dev.allim.notification.Notification;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Publishing: {@code POST} to {@code /events}. Answered once the hub has the notification for good.
 */
@Path("/events")
public class PublishResource {
  /** One JSON document a line. */
  public static final String NDJSON = "application/x-ndjson";

  private final NotificationHub hub;
  private final NotificationReader reader;
  private final PublishLimits limits;
  private final ObjectWriter json;

  PublishResource(
      NotificationHub hub, NotificationReader reader, PublishLimits limits, ObjectMapper mapper) {
    this.hub = hub;
    this.reader = reader;
    this.limits = limits;
    this.json = mapper.writerFor(Accepted.class);
  }

  /** Publishes the body, of whatever media type, under the topic of the path. */
  @POST
  @Path("{topic: .+}")
  @Produces(MediaType.APPLICATION_JSON)
  public Uni<Response> publish(@Context HttpServerRequest request) {
    RequestTarget target = RequestTarget.of(request);
    return body(request)
        .map(body -> reader.fromTopicRequest(target, body))
        .chain(notification -> publishOne(notification));
  }

  /** Publishes one notification or a batch. */
  @POST
  @Produces({MediaType.APPLICATION_JSON, NDJSON})
  public Uni<Response> publishJson(@Context HttpServerRequest request) {
    RequestTarget.of(request).allow(List.of());
    String type = mediaType(request);
    if (type.equals(NDJSON)) {
      return body(request).chain(body -> publishLines(reader.fromLines(body)));
    }
    if (type.equals(MediaType.APPLICATION_JSON)) {
      return body(request).map(reader::parse).chain(this::publishDocument);
    }
    throw new NotSupportedException();
  }

  private static String mediaType(HttpServerRequest request) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(java.util.Locale.ROOT);
  }

  private Uni<byte[]> body(HttpServerRequest request) {
    return RequestBody.read(request, limits.body().asLongValue());
  }

  private Uni<Response> publishDocument(JsonNode document) {
    if (document.isArray()) {
      return publishBatch(reader.fromArray(document));
    }
    return publishOne(reader.fromObject(document));
  }

  private Uni<Response> publishOne(Notification notification) {
    return hand(List.of(notification)).map(done -> created(json(notification)));
  }

  private Uni<Response> publishBatch(List<Notification> batch) {
    return hand(batch)
        .map(
            done ->
                created(batch.stream().map(this::json).collect(Collectors.joining(",", "[", "]"))));
  }

  private Uni<Response> publishLines(List<Notification> batch) {
    return hand(batch)
        .map(
            done ->
                Response.status(Response.Status.CREATED)
                    .type(NDJSON)
                    .entity(
                        batch.stream().map(this::json).collect(Collectors.joining("\n", "", "\n")))
                    .build());
  }

  private Uni<Void> hand(List<Notification> notifications) {
    return Uni.createFrom().completionStage(hub.publish(notifications));
  }

  private static Response created(String json) {
    return Response.status(Response.Status.CREATED)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(json)
        .build();
  }

  private String json(Notification notification) {
    try {
      return json.writeValueAsString(Accepted.of(notification));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
