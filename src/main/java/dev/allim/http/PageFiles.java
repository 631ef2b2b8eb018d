package dev.allim.http;

import dev.allim.http.problem.ProblemType;
import dev.allim.http.route.RawTarget;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Gives the files of the page ETags that follow their bytes. Their names are the same in every
 * release, so browsers ask each time; the time stamps within a jar could not answer them, as those
 * of a reproducible build never change and those of an older release are no reason to send nothing.
 * What gains by it is sent as gzip; streams never are, so the server's own compression is off.
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
  private static final String GZIP = "gzip";

  /** Nothing that is not the hub's own runs, is shown or is talked to, and nobody frames it. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  private static final Map<String, String> PROTECTION =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Opener-Policy", "same-origin");

  private final Map<String, PageFile> known = new ConcurrentHashMap<>();
  private final boolean mayChange;

  PageFiles(@ConfigProperty(name = "quarkus.profile", defaultValue = "prod") String profile) {
    mayChange = profile.equals("dev");
  }

  void answer(@Observes Filters filters) {
    filters.register(this::answer, BEHIND_CORS);
  }

  private void answer(RoutingContext context) {
    Optional<String> path = path(context);
    path.ifPresent(found -> putHeaders(context.response(), found));
    Optional<PageFile> file = path.filter(found -> !mayChange).flatMap(this::file);
    if (file.isPresent()) {
      answer(context, file.get());
    } else {
      context.next();
    }
  }

  private static void putHeaders(HttpServerResponse response, String path) {
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    PROTECTION.forEach(response::putHeader);
    if (path.endsWith(".html")) {
      response.putHeader("Content-Security-Policy", POLICY);
    }
  }

  private static void answer(RoutingContext context, PageFile file) {
    HttpServerResponse response = context.response();
    response.putHeader(HttpHeaders.ETAG, file.tag());
    response.putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    Optional<PageFile.Packed> packed = file.packed().filter(found -> takesPacked(context));
    if (file.tag().equals(context.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
      response.setStatusCode(NOT_MODIFIED).end();
    } else if (packed.isPresent()) {
      response
          .putHeader(HttpHeaders.CONTENT_TYPE, packed.get().type())
          .putHeader(HttpHeaders.CONTENT_ENCODING, GZIP)
          .end(packed.get().bytes());
    } else {
      context.request().headers().remove(HttpHeaders.IF_MODIFIED_SINCE);
      context.next();
    }
  }

  private static boolean takesPacked(RoutingContext context) {
    String accepted = context.request().getHeader(HttpHeaders.ACCEPT_ENCODING);
    return accepted != null
        && context.request().method().equals(HttpMethod.GET)
        && Arrays.stream(accepted.split(",", -1))
            .map(String::strip)
            .anyMatch(coding -> coding.startsWith(GZIP) && !coding.matches(".*;\\s*q=0(\\.0*)?"));
  }

  /** Which file of the page is asked for, if one is. */
  private static Optional<String> path(RoutingContext context) {
    return Optional.of(RawTarget.of(context).path())
        .filter(path -> READING.contains(context.request().method()))
        .map(path -> path.equals("/") ? "/index.html" : path)
        .filter(PageFiles::isOfPage);
  }

  private static boolean isOfPage(String path) {
    return BESIDE_PAGE.contains(path) || (path.startsWith("/page/") && !path.contains(".."));
  }

  /** Only those that exist are remembered: what is asked for in vain must not fill the memory. */
  private Optional<PageFile> file(String path) {
    Optional<PageFile> seen = Optional.ofNullable(known.get(path));
    if (seen.isPresent()) {
      return seen;
    }
    Optional<PageFile> read = PageFile.read(path);
    read.ifPresent(file -> known.put(path, file));
    return read;
  }
}
