package dev.allim.security;

import dev.allim.http.route.RawTarget;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
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
   * By a token that a browser keeps.
   *
   * @param token as it was sent
   */
  record Cookie(String token) implements Credential {}

  /**
   * By a ticket in its URL.
   *
   * @param ticket as it was sent
   */
  record Ticket(String ticket) implements Credential {}

  /**
   * In a way in which nothing is to be shown.
   *
   * @param detail what would be right
   */
  record Misplaced(String detail) implements Credential {}

  /** As people would send a token in a URL, where logs and histories keep it. */
  Set<String> NAMES = Set.of("access_token", "authorization", "token", "jwt");

  /** The parameter with a ticket. */
  String TICKET = "ticket";

  /**
   * Reads what a request shows. What somebody says counts before what a browser sends by itself.
   *
   * @param cookie the name of the cookie that may hold a token
   */
  static Credential of(RoutingContext context, String cookie) {
    if (hasTokenInUrl(RawTarget.of(context).query())) {
      return new Misplaced(
          "A token does not belong into a URL; send it as 'Authorization: Bearer …', in a cookie,"
              + " or get a ticket for it by POST /tickets");
    }
    Credential shown = inHead(context.request());
    Optional<String> ticket = ticket(context);
    if (ticket.isPresent()) {
      return shown instanceof None
          ? new Ticket(ticket.get())
          : new Misplaced("A request carries a token or a ticket, not both");
    }
    return shown instanceof None ? inCookie(context.request(), cookie) : shown;
  }

  private static Optional<String> ticket(RoutingContext context) {
    for (String pair : RawTarget.of(context).query().split("&", -1)) {
      String[] parts = pair.split("=", 2);
      if (parts[0].equals(TICKET) && parts.length == 2) {
        return Optional.of(parts[1]);
      }
    }
    return Optional.empty();
  }

  private static Credential inCookie(HttpServerRequest request, String name) {
    io.vertx.core.http.Cookie cookie = request.getCookie(name);
    return cookie == null || cookie.getValue().isEmpty()
        ? new None()
        : new Cookie(cookie.getValue());
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
