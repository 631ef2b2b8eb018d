package dev.allim.mercure;

import dev.allim.hub.spi.Identity;
import dev.allim.topic.Audience;
import dev.allim.wire.ClientAddress;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * Who made a request, as far as it has proven that.
 *
 * @param token what it has shown; absent for anybody
 */
record MercureCaller(Optional<MercureToken> token) {
  static final MercureCaller ANYBODY = new MercureCaller(Optional.empty());

  private static final Audience PUBLIC = new Audience.Public();

  Audience audience() {
    return token.map(MercureToken::audience).orElse(PUBLIC);
  }

  Optional<Instant> expires() {
    return token.flatMap(MercureToken::expires);
  }

  Optional<Identity> identity() {
    return token.flatMap(MercureToken::subject).map(Identity::new);
  }

  /** As whom it counts where publishers have shares. */
  String publisher(HttpServerRequest request) {
    return token
        .map(one -> one.issuer() + "/" + one.subject().orElse(""))
        .orElseGet(() -> ClientAddress.of(request));
  }
}
