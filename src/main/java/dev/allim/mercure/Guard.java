package dev.allim.mercure;

import dev.allim.http.Detour;
import dev.allim.http.problem.FailureAnswers;
import dev.allim.security.AuthConfig;
import dev.allim.security.ProtocolTokens;
import dev.allim.security.RefusedTokens;
import dev.allim.security.RevokedTokens;
import dev.allim.security.TokenRefusedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Finds out who makes a request and hands it on; who shows something that proves nothing is
 * refused, whatever it asked for. Whatever goes wrong behind it in the same turn is answered here.
 */
@Singleton
class Guard {
  private final MercureConfig config;
  private final MercureTokens tokens;
  private final RefusedTokens refused;
  private final RevokedTokens revoked;
  private final FailureAnswers failures;
  private final PublishingPages pages;
  private final Challenges challenges;

  Guard(
      MercureConfig config,
      MercureTokens tokens,
      RefusedTokens refused,
      RevokedTokens revoked,
      FailureAnswers failures,
      Challenges challenges,
      AuthConfig auth) {
    this.config = config;
    this.tokens = tokens;
    this.refused = refused;
    this.revoked = revoked;
    this.failures = failures;
    this.challenges = challenges;
    this.pages = new PublishingPages(auth.cookie().origins().orElse(Set.of()));
  }

  /** Hands the request to {@code next}, with who makes it, on its loop. */
  void let(RoutingContext context, BiConsumer<RoutingContext, MercureCaller> next) {
    guarded(
        context,
        () -> {
          Optional<ShownToken> shown = ShownToken.of(context, config, challenges);
          if (shown.isEmpty()) {
            next.accept(context, MercureCaller.ANYBODY);
          } else {
            requireOwnPage(context, shown.get());
            let(context, shown.get().text(), next);
          }
        });
  }

  private void guarded(RoutingContext context, Runnable action) {
    try {
      action.run();
    } catch (RuntimeException failure) {
      failures.answer(context, failure);
    }
  }

  /** A browser sends a cookie whoever asks, so that a page of somebody else could publish by it. */
  private void requireOwnPage(RoutingContext context, ShownToken shown) {
    if (shown.byItself() && publishes(context) && !pages.admit(context.request())) {
      throw challenges.misplaced(
          "Pages of this origin may not publish by the cookie; allim.auth.cookie.origins names those"
              + " that may");
    }
  }

  private static boolean publishes(RoutingContext context) {
    return context.request().method().equals(HttpMethod.POST);
  }

  private void let(
      RoutingContext context, String text, BiConsumer<RoutingContext, MercureCaller> next) {
    ProtocolTokens<MercureToken> trusted =
        publishes(context) ? tokens.publishers() : tokens.subscribers();
    Optional<MercureToken> known = trusted.known(text);
    if (known.isPresent()) {
      let(context, known.get(), next);
    } else {
      verify(context, trusted, text, next);
    }
  }

  private void let(
      RoutingContext context, MercureToken token, BiConsumer<RoutingContext, MercureCaller> next) {
    if (revoked.includes(token.proven())) {
      refuse(context, TokenRefusedException.revoked());
    } else {
      next.accept(context, new MercureCaller(Optional.of(token), revoked));
    }
  }

  /** Off the loop: it takes time, and may wait for a key. */
  private void verify(
      RoutingContext context,
      ProtocolTokens<MercureToken> trusted,
      String text,
      BiConsumer<RoutingContext, MercureCaller> next) {
    Detour.take(
        context,
        () -> trusted.verify(text),
        verified -> {
          if (verified.succeeded()) {
            guarded(context, () -> let(context, verified.result(), next));
          } else {
            refuse(context, verified.cause());
          }
        });
  }

  private void refuse(RoutingContext context, Throwable cause) {
    if (cause instanceof TokenRefusedException token) {
      refused.note(token);
      failures.answer(context, challenges.invalidToken());
    } else {
      failures.answer(context, cause);
    }
  }
}
