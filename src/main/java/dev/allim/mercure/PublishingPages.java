package dev.allim.mercure;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which pages may publish by the cookie.
 *
 * @param allowed origins besides the hub's own
 */
record PublishingPages(Set<String> allowed) {
  /** Copies them. */
  PublishingPages {
    allowed = Set.copyOf(allowed);
  }

  /**
   * Whether the page that makes this request may: its origin says so, or else where it refers to.
   */
  boolean admit(HttpServerRequest request) {
    Optional<String> origin = Optional.ofNullable(request.getHeader(HttpHeaders.ORIGIN));
    return origin
        .or(() -> Optional.ofNullable(request.getHeader(HttpHeaders.REFERER)))
        .flatMap(PublishingPages::uri)
        .filter(page -> isAllowed(page, request))
        .isPresent();
  }

  private boolean isAllowed(URI page, HttpServerRequest request) {
    return allowed.contains(page.getScheme() + "://" + page.getAuthority())
        || Objects.toString(request.authority()).equals(page.getAuthority());
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(URI.create(text)).filter(uri -> uri.getAuthority() != null);
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
