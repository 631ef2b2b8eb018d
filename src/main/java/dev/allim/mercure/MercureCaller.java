package dev.allim.mercure;

import dev.allim.hub.spi.Entitlement;
import dev.allim.hub.spi.Identity;
import dev.allim.security.RevokedTokens;
import dev.allim.topic.Audience;
import dev.allim.wire.ClientAddress;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * Who made a request, as far as it has proven that.
 *
 * @param token what it has shown; absent for anybody
 * @param revoked where that may turn up
 */
record MercureCaller(Optional<MercureToken> token, RevokedTokens revoked) {
  static final MercureCaller ANYBODY = new MercureCaller(Optional.empty(), new RevokedTokens());

  private static final Audience PUBLIC = new Audience.Public();

  Audience audience() {
    return token.map(MercureToken::audience).orElse(PUBLIC);
  }

  Entitlement entitlement() {
    return token
        .map(one -> new Entitlement(one.expires(), () -> revoked.includes(one.proven())))
        .orElse(Entitlement.FOREVER);
  }

  Optional<Identity> identity() {
    return token.flatMap(one -> one.proven().subject()).map(Identity::new);
  }

  /** As whom it counts where publishers have shares. */
  String publisher(HttpServerRequest request) {
    return token
        .map(one -> one.proven().issuer() + "/" + one.proven().subject().orElse(""))
        .orElseGet(() -> ClientAddress.of(request));
  }
}
