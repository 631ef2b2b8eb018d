package dev.allim.security;

import dev.allim.http.Detour;
import dev.allim.http.problem.RouterProblem;
import dev.allim.http.route.Facades;
import dev.allim.http.route.RawTarget;
import dev.allim.hub.HubConfig;
import dev.allim.log.LogUnavailableException;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds out who makes each request of a facade, before any resource sees it. Whoever shows
 * something that proves nothing is refused here, whatever it asked for.
 */
@ApplicationScoped
class TokenFilter {
  /** Behind all that says which pages may read an answer. */
  private static final int ORDER = RouterProblem.BEHIND_CORS - 1;

  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int SERVICE_UNAVAILABLE = 503;

  private final TokenVerifier verifier;
  private final RefusedTokens refused;
  private final RevokedTokens revoked;
  private final Facades facades;
  private final Tickets tickets;
  private final String cookie;
  private final CookieOrigin origins;
  private final Duration retry;

  TokenFilter(
      TokenVerifier verifier,
      RefusedTokens refused,
      RevokedTokens revoked,
      Facades facades,
      Tickets tickets,
      AuthConfig config,
      HubConfig hub) {
    this.verifier = verifier;
    this.refused = refused;
    this.revoked = revoked;
    this.facades = facades;
    this.tickets = tickets;
    this.cookie = config.cookie().name();
    this.origins = CookieOrigin.of(config);
    this.retry = hub.stream().retry();
  }

  void around(@Observes Filters filters) {
    if (verifier.isConfigured()) {
      filters.register(this::around, ORDER);
    }
  }

  private void around(RoutingContext context) {
    String path = RawTarget.of(context).path();
    if (facades.at(path).isEmpty()
        || clearsCookie(context, path)
        || Caller.keptIn(context).isPresent()) {
      context.next();
    } else {
      let(context, Credential.of(context, cookie));
    }
  }

  /** Whatever is in a cookie, it may go. */
  private static boolean clearsCookie(RoutingContext context, String path) {
    return context.request().method().equals(HttpMethod.DELETE)
        && path.equals(CookieOrigin.SESSION);
  }

  private void let(RoutingContext context, Credential credential) {
    if (credential instanceof Credential.Bearer bearer) {
      let(context, bearer.token(), false);
    } else if (credential instanceof Credential.Cookie kept) {
      letPage(context, kept.token());
    } else if (credential instanceof Credential.Ticket ticket) {
      letTicket(context, ticket.ticket());
    } else if (credential instanceof Credential.Misplaced misplaced) {
      answer(context, BAD_REQUEST, misplaced.detail(), Challenge.MISPLACED);
    } else {
      go(context, Caller.ANYBODY);
    }
  }

  private void letPage(RoutingContext context, String token) {
    if (origins.admits(context.request())) {
      let(context, token, true);
    } else {
      RouterProblem.answer(
          context,
          FORBIDDEN,
          "Pages of this origin may not use the cookie; allim.auth.cookie.origins names those that"
              + " may");
    }
  }

  /** Tickets are for listening: whoever can do more can send a header. */
  private void letTicket(RoutingContext context, String ticket) {
    if (reads(context.request().method())) {
      find(context, () -> caller(tickets.use(ticket)), false);
    } else {
      refuse(context, new TokenRefusedException(Refusal.TICKET), false);
    }
  }

  private static boolean reads(HttpMethod method) {
    return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
  }

  private void let(RoutingContext context, String token, boolean sentByItself) {
    Optional<AccessToken> known = verifier.known(token);
    if (known.isPresent()) {
      let(context, caller(known.get()));
    } else {
      find(context, () -> caller(verifier.verify(token)), sentByItself);
    }
  }

  private Caller caller(AccessToken token) {
    return new Caller(Optional.of(token), revoked);
  }

  private Caller caller(Tickets.Use use) {
    return new Caller(Optional.of(use.token()), revoked, Optional.of(use.ticket()));
  }

  /** Off the loop: it takes time, and may wait for a key or the log. */
  private void find(RoutingContext context, Callable<Caller> finding, boolean sentByItself) {
    Detour.take(
        context,
        finding,
        verified -> {
          if (verified.succeeded()) {
            let(context, verified.result());
          } else {
            refuse(context, verified.cause(), sentByItself);
          }
        });
  }

  /** However it was shown: what was taken back counts no more, though its signature is right. */
  private void let(RoutingContext context, Caller caller) {
    if (caller.token().filter(revoked::includes).isPresent()) {
      refuse(context, new TokenRefusedException(Refusal.REVOKED), false);
    } else {
      go(context, caller);
    }
  }

  private static void go(RoutingContext context, Caller caller) {
    caller.keepIn(context);
    context.next();
  }

  private void refuse(RoutingContext context, Throwable cause, boolean sentByItself) {
    if (cause instanceof TokenRefusedException known) {
      refused.note(known.reason());
      if (sentByItself && known.reason().mayPass() && listens(context.request())) {
        comeBack(context);
        return;
      }
      answer(context, UNAUTHORIZED, "The token is not valid", Challenge.INVALID);
    } else if (cause instanceof LogUnavailableException unavailable) {
      putOff(context, unavailable);
    } else {
      context.fail(cause);
    }
  }

  /** Nobody can tell now what a ticket stands for, and a stream is not to be over for that. */
  private void putOff(RoutingContext context, LogUnavailableException unavailable) {
    if (listens(context.request())) {
      answerStream(context, "");
    } else {
      context.response().putHeader(HttpHeaders.RETRY_AFTER, "5");
      RouterProblem.answer(context, SERVICE_UNAVAILABLE, unavailable.getMessage());
    }
  }

  private static boolean listens(HttpServerRequest request) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    return request.method().equals(HttpMethod.GET)
        && accept != null
        && accept.contains(MediaType.SERVER_SENT_EVENTS);
  }

  /**
   * A cookie that has expired may be replaced at any time, and the key of one fetched, and a
   * browser's stream would be over for good with any other answer: it is told so, and comes back.
   */
  private void comeBack(RoutingContext context) {
    answerStream(context, "event: reauthenticate\ndata: {}\n");
  }

  private void answerStream(RoutingContext context, String event) {
    long millis = Math.max(1, retry.toMillis());
    long delay = millis / 2 + ThreadLocalRandom.current().nextLong(millis);
    context
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, MediaType.SERVER_SENT_EVENTS)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache, no-transform")
        .end("retry: %d\n%s\n".formatted(delay, event));
  }

  private static void answer(RoutingContext context, int status, String detail, String challenge) {
    context.response().putHeader("WWW-Authenticate", challenge);
    RouterProblem.answer(context, status, detail);
  }
}
