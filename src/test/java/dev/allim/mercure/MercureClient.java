package dev.allim.mercure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubClient;
import dev.allim.testing.SseClient;
import dev.allim.testing.Tokens;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

/**
 * Talks Mercure to a hub.
 *
 * @param hub where it is
 */
record MercureClient(HubClient hub) {
  static final String PATH = "/.well-known/mercure";
  static final String SUBSCRIPTIONS = PATH + "/subscriptions";
  static final String FORM = "application/x-www-form-urlencoded";

  static MercureClient of(URI base) {
    return new MercureClient(new HubClient(base));
  }

  /** A field of a form. */
  static String field(String name, String value) {
    return name + "=" + URLEncoder.encode(value, UTF_8);
  }

  /** Posts a form as it is written, with headers in turn. */
  HttpResponse<String> post(String form, String... headers) {
    return postAs(FORM, form, headers);
  }

  HttpResponse<String> postAs(String type, String form, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(hub.uri(PATH))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(form));
    return hub.send(headers.length == 0 ? request : request.headers(headers));
  }

  /** Posts a form by whoever may publish everything, in draft 08. */
  HttpResponse<String> postAllowed(String form) {
    return post(form, "Authorization", MercureHubs.publisher("*").bearer());
  }

  /** The same, which has to be accepted; its id. */
  String publish(String form) {
    HttpResponse<String> answer = postAllowed(form);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  /** Asks for a page of subscriptions, or another document, by the right of a token. */
  HttpResponse<String> document(String path, Tokens token, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(hub.uri(path)).header("Authorization", token.bearer());
    return hub.send(headers.length == 0 ? request : request.headers(headers));
  }

  /** The same, which has to be there. */
  JsonObject json(String path, Tokens token) {
    HttpResponse<String> answer = document(path, token);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body());
  }

  /** A stream that is there when this returns. */
  SseClient join(String query, String... headers) {
    SseClient reader = listen(query, headers);
    assertThat(reader.head().statusCode()).isEqualTo(200);
    return reader;
  }

  SseClient listen(String query, String... headers) {
    return hub.listen(PATH + "?" + query, headers);
  }

  /** Asks for a stream that should be refused. */
  HttpResponse<String> get(String query, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(hub.uri(PATH + "?" + query)).GET();
    return hub.send(headers.length == 0 ? request : request.headers(headers));
  }
}
