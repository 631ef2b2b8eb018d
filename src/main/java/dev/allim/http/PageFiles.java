package dev.allim.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Gives the files of the page ETags that follow their bytes. Their names are the same in every
 * release, so browsers ask each time; the time stamps within a jar could not answer them, as those
 * of a reproducible build never change and those of an older release are no reason to send nothing.
 *
 * <p>{@code Cache-Control} is set here as well: Quarkus' own says that nothing ever changes, and
 * gives way to one that is there. So are the headers that protect whoever looks at the page.
 *
 * <p>Runs on event loops; a file is read once, at its first request, but in development, where it
 * may be edited.
 */
@ApplicationScoped
class PageFiles {
  private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  private static final Set<String> BESIDE_PAGE =
      Set.of("/index.html", "/allim.js", "/allim.d.ts", "/favicon.ico", ProblemType.PAGE);

  /** Behind CORS, whose headers belong to a 304 too. */
  private static final int BEHIND_CORS = 290;

  private static final int NOT_MODIFIED = 304;

  /** Nothing that is not the hub's own runs, is shown or is talked to, and nobody frames it. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  private static final Map<String, String> PROTECTION =
      Map.of(
          "Content-Security-Policy", POLICY,
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Opener-Policy", "same-origin");

  private final Map<String, String> known = new ConcurrentHashMap<>();
  private final boolean mayChange;

  PageFiles(@ConfigProperty(name = "quarkus.profile", defaultValue = "prod") String profile) {
    mayChange = profile.equals("dev");
  }

  void answer(@Observes Filters filters) {
    filters.register(this::tag, BEHIND_CORS);
  }

  private void tag(RoutingContext context) {
    Optional<String> file = file(context);
    file.ifPresent(path -> putHeaders(context.response()));
    Optional<String> tag = file.filter(path -> !mayChange).flatMap(this::tag);
    tag.ifPresent(value -> context.response().putHeader(HttpHeaders.ETAG, value));
    if (tag.isPresent() && tag.equals(asked(context))) {
      context.response().setStatusCode(NOT_MODIFIED).end();
    } else {
      tag.ifPresent(value -> context.request().headers().remove(HttpHeaders.IF_MODIFIED_SINCE));
      context.next();
    }
  }

  private static void putHeaders(HttpServerResponse response) {
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    PROTECTION.forEach(response::putHeader);
  }

  /** Which file of the page is asked for, if one is. */
  private static Optional<String> file(RoutingContext context) {
    return Optional.of(RawTarget.of(context).path())
        .filter(path -> READING.contains(context.request().method()))
        .map(path -> path.equals("/") ? "/index.html" : path)
        .filter(PageFiles::isOfPage);
  }

  private static boolean isOfPage(String path) {
    return BESIDE_PAGE.contains(path) || (path.startsWith("/page/") && !path.contains(".."));
  }

  private static Optional<String> asked(RoutingContext context) {
    return Optional.ofNullable(context.request().getHeader(HttpHeaders.IF_NONE_MATCH))
        .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag);
  }

  /** Only of files that exist: what is asked for in vain must not fill the memory. */
  private Optional<String> tag(String path) {
    Optional<String> seen = Optional.ofNullable(known.get(path));
    if (seen.isPresent()) {
      return seen;
    }
    Optional<String> read = read(path);
    read.ifPresent(tag -> known.put(path, tag));
    return read;
  }

  private static Optional<String> read(String path) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try (InputStream file = loader.getResourceAsStream("META-INF/resources" + path)) {
      return Optional.ofNullable(file).map(PageFiles::fingerprint);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String fingerprint(InputStream file) {
    try {
      return '"' + Fingerprint.of("", file.readAllBytes()).substring(0, 32) + '"';
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
