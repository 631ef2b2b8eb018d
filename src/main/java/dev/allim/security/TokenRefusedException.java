package dev.allim.security;

/** A token is not taken. To its sender all refusals are alike. */
public final class TokenRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Refusal reason;

  TokenRefusedException(Refusal reason) {
    super(reason.toString(), null, false, false);
    this.reason = reason;
  }

  /** Of one that is proven, whose content is not what it should be. */
  public static TokenRefusedException unreadable() {
    return new TokenRefusedException(Refusal.GRANTS);
  }

  /** Of one that is proven, and was taken back. */
  public static TokenRefusedException revoked() {
    return new TokenRefusedException(Refusal.REVOKED);
  }

  /** For the log. */
  Refusal reason() {
    return reason;
  }
}
