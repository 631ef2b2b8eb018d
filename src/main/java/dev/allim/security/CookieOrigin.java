package dev.allim.security;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which pages may use the cookie: a browser sends it whoever asks, so that a page of somebody else
 * could act for its owner.
 *
 * @param allowed origins besides the hub's own
 */
public record CookieOrigin(Set<String> allowed) {
  /** Where a page has the cookie set and cleared. */
  public static final String SESSION = "/session";

  private static final String SITE = "Sec-Fetch-Site";
  private static final String OWN = "same-origin";

  /** Copies them. */
  public CookieOrigin {
    allowed = Set.copyOf(allowed);
  }

  /** As the configuration says. */
  public static CookieOrigin of(AuthConfig config) {
    return new CookieOrigin(config.cookie().origins().orElse(Set.of()));
  }

  /** Whether the page that makes this request may. */
  public boolean admits(HttpServerRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (origin != null) {
      return allowed.contains(origin) || isOwn(origin, request.getHeader(HttpHeaders.HOST));
    }
    String site = request.getHeader(SITE);
    return reads(request.method()) ? !"cross-site".equals(site) : OWN.equals(site);
  }

  /** A page of its own names no origin when it reads. */
  private static boolean reads(HttpMethod method) {
    return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
  }

  private static boolean isOwn(String origin, @Nullable String host) {
    try {
      String authority = URI.create(origin).getAuthority();
      return authority != null && authority.equals(host);
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }
}
