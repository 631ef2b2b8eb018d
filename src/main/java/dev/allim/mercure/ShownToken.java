package dev.allim.mercure;

import dev.allim.http.problem.ProblemException;
import dev.allim.http.route.RawTarget;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/**
 * A token as a request shows it, not proven yet.
 *
 * @param text as it was sent
 * @param byItself whether a browser sends it whoever asks
 */
record ShownToken(String text, boolean byItself) {
  private static final String SCHEME = "Bearer ";
  private static final String PARAMETER = "authorization";
  private static final String COOKIE_OF_OLD = "mercureAuthorization";

  /**
   * What a request shows: in its head, else in its URL, else in its cookie.
   *
   * @throws ProblemException 400 if it is shown in a way in which it is not to be
   */
  static Optional<ShownToken> of(
      RoutingContext context, MercureConfig config, Challenges challenges) {
    List<String> inHead = context.request().headers().getAll(HttpHeaders.AUTHORIZATION);
    return inHead.isEmpty()
        ? inUrl(context, config, challenges).or(() -> inCookie(context.request(), config))
        : Optional.of(inHead(inHead, challenges));
  }

  private static ShownToken inHead(List<String> values, Challenges challenges) {
    String value = values.get(0);
    if (values.size() > 1 || !value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw challenges.misplaced("A token is shown once, as 'Authorization: Bearer …'");
    }
    return new ShownToken(value.substring(SCHEME.length()).strip(), false);
  }

  private static Optional<ShownToken> inUrl(
      RoutingContext context, MercureConfig config, Challenges challenges) {
    List<String> values =
        Form.ofQuery(RawTarget.of(context).query(), PARAMETER::equals).all(PARAMETER);
    if (values.isEmpty() || !config.knowsDraft07()) {
      return Optional.empty();
    }
    if (!config.tokenInUrl() || values.size() > 1) {
      throw challenges.misplaced(
          "A token does not belong into a URL, where logs keep it: send it as 'Authorization: Bearer"
              + " …' or in the cookie, or let old clients have their way by"
              + " allim.mercure.token-in-url");
    }
    return Optional.of(new ShownToken(values.get(0), false));
  }

  private static Optional<ShownToken> inCookie(HttpServerRequest request, MercureConfig config) {
    Optional<ShownToken> own = inCookie(request, config.cookie());
    return own.isPresent() || !config.knowsDraft07() ? own : inCookie(request, COOKIE_OF_OLD);
  }

  private static Optional<ShownToken> inCookie(HttpServerRequest request, String name) {
    return Optional.ofNullable(request.getCookie(name))
        .map(Cookie::getValue)
        .filter(value -> !value.isEmpty())
        .map(value -> new ShownToken(value, true));
  }
}
