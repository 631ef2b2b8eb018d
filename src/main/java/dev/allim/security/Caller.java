package dev.allim.security;

import dev.allim.hub.spi.Entitlement;
import dev.allim.hub.spi.Identity;
import dev.allim.topic.Audience;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * Who made a request, as far as it has proven that.
 *
 * @param token what it has shown; absent for anybody
 * @param revoked where that may turn up
 * @param ticket what stands for the token, where it was not shown itself
 */
public record Caller(
    Optional<AccessToken> token, RevokedTokens revoked, Optional<Tickets.Used> ticket) {
  /** Anybody. */
  public static final Caller ANYBODY = new Caller(Optional.empty(), new RevokedTokens());

  /** Who has shown no ticket. */
  Caller(Optional<AccessToken> token, RevokedTokens revoked) {
    this(token, revoked, Optional.empty());
  }

  private static final String KEY = Caller.class.getName();
  private static final String BETWEEN = "/";

  /** Who made this request: found out before it came to any resource. */
  public static Caller of(RoutingContext context) {
    return keptIn(context).orElse(ANYBODY);
  }

  static Optional<Caller> keptIn(RoutingContext context) {
    return Optional.ofNullable(context.get(KEY));
  }

  void keepIn(RoutingContext context) {
    context.put(KEY, this);
  }

  /** What it may do. */
  public Grant grant() {
    return token.map(AccessToken::grant).orElse(Grant.NONE);
  }

  /** Whom it counts among as a subscriber. */
  public Audience audience() {
    return grant().audience();
  }

  /**
   * By what right a stream listens that begins now: for as long as the token is good. With a ticket
   * it takes over from the one before.
   */
  public Entitlement entitlement() {
    return token.map(this::entitlement).orElse(Entitlement.FOREVER);
  }

  private Entitlement entitlement(AccessToken one) {
    Entitlement right = new Entitlement(Optional.of(one.expires()), () -> revoked.includes(one));
    return ticket.map(used -> used.takeOver(right)).orElse(right);
  }

  /** Whose it is, for operators. */
  public Optional<Identity> identity() {
    return token.flatMap(AccessToken::subject).map(Identity::new);
  }

  /**
   * As whom it publishes, one line: the same for all tokens that one issuer makes for one subject;
   * absent for anybody.
   */
  public Optional<String> publisher() {
    return token.map(one -> one.issuer() + BETWEEN + one.subject().orElse(""));
  }
}
