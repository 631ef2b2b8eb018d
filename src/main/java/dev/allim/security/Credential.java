package dev.allim.security;

import dev.allim.http.RawTarget;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;

/** How a request shows who makes it. */
sealed interface Credential {
  /** It does not. */
  record None() implements Credential {}

  /**
   * By a token in its head.
   *
   * @param token as it was sent
   */
  record Bearer(String token) implements Credential {}

  /**
   * In a way in which nothing is to be shown.
   *
   * @param detail what would be right
   */
  record Misplaced(String detail) implements Credential {}

  /** As people would send a token in a URL, where logs and histories keep it. */
  Set<String> NAMES = Set.of("access_token", "authorization", "token", "jwt");

  /** Reads what a request shows. */
  static Credential of(RoutingContext context) {
    if (hasTokenInUrl(RawTarget.of(context).query())) {
      return new Misplaced(
          "A token does not belong into a URL; send it as 'Authorization: Bearer …', in a cookie,"
              + " or get a ticket for it by POST /tickets");
    }
    return inHead(context.request());
  }

  private static boolean hasTokenInUrl(String query) {
    for (String pair : query.split("&", -1)) {
      if (NAMES.contains(pair.split("=", 2)[0])) {
        return true;
      }
    }
    return false;
  }

  private static Credential inHead(HttpServerRequest request) {
    List<String> shown =
        request.headers().getAll(HttpHeaders.AUTHORIZATION).stream()
            .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
            .toList();
    if (shown.size() > 1) {
      return new Misplaced("A request carries one token at most");
    }
    return shown.isEmpty() ? new None() : new Bearer(shown.get(0).substring(7).strip());
  }
}
