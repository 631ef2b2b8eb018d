package dev.allim.mercure;

import dev.allim.mercure.topic.HubUrl;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** What the hub says of itself to whoever wants a token for it (RFC 9728). */
@Singleton
class Metadata {
  private static final String PREFIX = "/.well-known/oauth-protected-resource";

  /** Where it is, on this server. */
  static final String PATH = PREFIX + HubUrl.PATH;

  private final String document;

  Metadata(MercureConfig config) {
    JsonObject all =
        new JsonObject()
            .put("resource", config.url().orElse(""))
            .put(
                "authorization_details_types_supported",
                new JsonArray(List.of(RightsReader.DETAIL)))
            .put("bearer_methods_supported", new JsonArray(List.of("header")))
            .put("mercure_cookie", config.cookie());
    if (config.tellsSubscriptions()) {
      all.put("mercure_subscriptions", true);
    }
    this.document = all.encode();
  }

  /** Where it is, as the world knows the hub. */
  static String url(HubUrl hub) {
    return hub.origin() + PREFIX + hub.path();
  }

  /** Answers a request for it. */
  void handle(RoutingContext context) {
    context
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON)
        .end(document);
  }
}
