package dev.allim.ops;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.allim.http.AcceptedTypes;
import io.quarkus.vertx.http.ManagementInterface;
import io.quarkus.vertx.http.runtime.management.ManagementInterfaceBuildTimeConfig;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * {@code GET /q/openapi}, the description of the API: where metrics and health are, as it is
 * written, or as JSON for who asks for that. It is written and not scanned, as resources answer
 * with raw streams, of which a scanner could tell nothing; and it is read when it is asked for
 * first, as a fifth of the program's start would go into it.
 */
@Singleton
class Description {
  private static final String PATH = "/q/openapi";
  private static final String RESOURCE = "/META-INF/allim/openapi.yaml";

  private final Map<Form, Buffer> written = new ConcurrentHashMap<>();
  private final String version;

  Description(@ConfigProperty(name = "quarkus.application.version") String version) {
    this.version = version;
  }

  void open(@Observes ManagementInterface management) {
    open(management.router());
  }

  void open(@Observes Router router, ManagementInterfaceBuildTimeConfig management) {
    if (!management.enabled()) {
      open(router);
    }
  }

  private void open(Router router) {
    for (String ending : new String[] {"", ".json", ".yaml", ".yml"}) {
      router
          .route(PATH + ending)
          .method(HttpMethod.GET)
          .method(HttpMethod.HEAD)
          .blockingHandler(this::answer, false);
    }
  }

  private void answer(RoutingContext context) {
    Form form = Form.of(context);
    context
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, form.type + ";charset=UTF-8")
        .end(written.computeIfAbsent(form, this::write));
  }

  private Buffer write(Form form) {
    try {
      String yaml = text().replace("${version}", version);
      return Buffer.buffer(form == Form.YAML ? yaml : json(yaml));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String json(String yaml) throws IOException {
    return new ObjectMapper()
        .writerWithDefaultPrettyPrinter()
        .writeValueAsString(new YAMLMapper().readTree(yaml));
  }

  private static String text() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(Description.class.getResourceAsStream(RESOURCE))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** How it can be had. */
  private enum Form {
    YAML("application/yaml"),
    JSON("application/json");

    private final String type;

    Form(String type) {
      this.type = type;
    }

    static Form of(RoutingContext context) {
      return context.normalizedPath().endsWith(".json")
              || "json".equalsIgnoreCase(context.request().getParam("format"))
              || prefersJson(context)
          ? JSON
          : YAML;
    }

    private static boolean prefersJson(RoutingContext context) {
      AcceptedTypes accepted =
          AcceptedTypes.of(context.request().headers().getAll(HttpHeaders.ACCEPT));
      return accepted.quality(JSON.type) > accepted.quality(YAML.type);
    }
  }
}
