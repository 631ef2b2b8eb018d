package dev.allim.access;

import dev.allim.http.problem.Problem;
import dev.allim.http.problem.ProblemException;
import dev.allim.http.problem.ProblemType;
import dev.allim.http.route.Facade;
import dev.allim.security.AccessRules;
import dev.allim.security.AccessToken;
import dev.allim.security.AuthConfig;
import dev.allim.security.Caller;
import dev.allim.security.CookieOrigin;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /session}: a page that holds a token has it put into a cookie, which its own scripts
 * cannot read, and which an {@code EventSource} sends.
 */
@Path(SessionResource.PATH)
public class SessionResource {
  static final String PATH = CookieOrigin.SESSION;

  private static final String METHODS = "POST, DELETE, OPTIONS";
  private static final String SCHEME = "Bearer ";

  /** Browsers keep 4,096 bytes of a cookie, its name and attributes with it. */
  private static final int LONGEST = 3_800;

  private final AccessRules rules;
  private final CookieOrigin origins;
  private final AuthConfig.Cookie config;
  private final Clock clock;

  SessionResource(AccessRules rules, AuthConfig config, Clock clock) {
    this.rules = rules;
    this.origins = CookieOrigin.of(config);
    this.config = config.cookie();
    this.clock = clock;
  }

  /** Where it is. */
  static class At {
    @jakarta.enterprise.inject.Produces
    @Singleton
    Facade session() {
      return new Facade(
          PATH,
          "have a token put into a cookie with POST at " + PATH,
          METHODS,
          Map.of(405, "This method is not possible here; use " + METHODS));
    }
  }

  /** JAX-RS by itself would tell of a {@code HEAD}, too. */
  @OPTIONS
  public Response methods() {
    return Response.ok().header(HttpHeaders.ALLOW, METHODS).build();
  }

  /** Sets the cookie. */
  @POST
  public Response begin(@Context RoutingContext context) {
    AccessToken token = rules.requireToken(Caller.of(context));
    requireOrigin(context.request());
    Duration left = Duration.between(clock.instant(), token.expires());
    return answer(cookie(shown(context.request())).setMaxAge(Math.max(1, left.toSeconds())));
  }

  /** Clears it, whatever is in it. */
  @DELETE
  public Response end(@Context RoutingContext context) {
    requireOrigin(context.request());
    return answer(cookie("").setMaxAge(0));
  }

  /** Nobody else's page is to log somebody in or out. */
  private void requireOrigin(HttpServerRequest request) {
    if (!origins.admits(request)) {
      throw new ProblemException(
          Problem.of(
              Response.Status.FORBIDDEN,
              "A cookie is for pages: of the hub's own origin, or of those that"
                  + " allim.auth.cookie.origins names"));
    }
  }

  private static String shown(HttpServerRequest request) {
    return Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
        .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(value -> value.substring(SCHEME.length()).strip())
        .filter(token -> token.length() <= LONGEST)
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.INVALID_FIELD
                        .inField(
                            HttpHeaders.AUTHORIZATION,
                            "The token comes as 'Authorization: Bearer …', and is short enough for a"
                                + " cookie")
                        .withLimit(LONGEST, "characters")));
  }

  private Cookie cookie(String value) {
    return Cookie.cookie(config.name(), value)
        .setPath("/")
        .setHttpOnly(true)
        .setSecure(true)
        .setSameSite(
            switch (config.sameSite()) {
              case STRICT -> CookieSameSite.STRICT;
              case LAX -> CookieSameSite.LAX;
              case NONE -> CookieSameSite.NONE;
            });
  }

  private static Response answer(Cookie cookie) {
    return Response.noContent()
        .header(HttpHeaders.SET_COOKIE, cookie.encode())
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }
}
