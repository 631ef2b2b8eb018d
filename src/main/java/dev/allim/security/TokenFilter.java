package dev.allim.security;

import dev.allim.http.Facades;
import dev.allim.http.RawTarget;
import dev.allim.http.RouterProblem;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

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

  private final TokenVerifier verifier;
  private final RefusedTokens refused;
  private final Facades facades;

  TokenFilter(TokenVerifier verifier, RefusedTokens refused, Facades facades) {
    this.verifier = verifier;
    this.refused = refused;
    this.facades = facades;
  }

  void around(@Observes Filters filters) {
    if (verifier.isConfigured()) {
      filters.register(this::around, ORDER);
    }
  }

  private void around(RoutingContext context) {
    boolean asksNobody = facades.at(RawTarget.of(context).path()).isEmpty();
    if (asksNobody || Caller.keptIn(context).isPresent()) {
      context.next();
    } else {
      let(context, Credential.of(context));
    }
  }

  private void let(RoutingContext context, Credential credential) {
    if (credential instanceof Credential.Bearer bearer) {
      let(context, bearer.token());
    } else if (credential instanceof Credential.Misplaced misplaced) {
      answer(context, BAD_REQUEST, misplaced.detail(), Challenge.MISPLACED);
    } else {
      go(context, Caller.ANYBODY);
    }
  }

  private void let(RoutingContext context, String token) {
    Optional<AccessToken> known = verifier.known(token);
    if (known.isPresent()) {
      go(context, new Caller(known));
    } else {
      verify(context, token);
    }
  }

  /** Off the loop: it takes time, and may wait for a key. */
  private void verify(RoutingContext context, String token) {
    context.request().pause();
    context
        .vertx()
        .executeBlocking(() -> verifier.verify(token), false)
        .onComplete(
            verified -> {
              context.request().resume();
              if (verified.succeeded()) {
                go(context, new Caller(Optional.of(verified.result())));
              } else {
                refuse(context, verified.cause());
              }
            });
  }

  private static void go(RoutingContext context, Caller caller) {
    caller.keepIn(context);
    context.next();
  }

  private void refuse(RoutingContext context, Throwable cause) {
    if (cause instanceof TokenRefusedException known) {
      refused.note(known.reason());
      answer(context, UNAUTHORIZED, "The token is not valid", Challenge.INVALID);
    } else {
      context.fail(cause);
    }
  }

  private static void answer(RoutingContext context, int status, String detail, String challenge) {
    context.response().putHeader("WWW-Authenticate", challenge);
    RouterProblem.answer(context, status, detail);
  }
}
