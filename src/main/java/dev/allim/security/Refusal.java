package dev.allim.security;

import java.util.Locale;

/** Why a token is not taken: for the log of the operator, never for whoever sent it. */
enum Refusal {
  /** It is no signed JWT, or too long for one. */
  MALFORMED,
  /** It has no signature, or brings the key for it. */
  KEY_INSIDE,
  /** Its algorithm is none that its issuer uses. */
  ALGORITHM,
  /** It names no issuer that is configured. */
  ISSUER,
  /** It is not meant for this hub. */
  AUDIENCE,
  /** Its key is not known. */
  UNKNOWN_KEY,
  /** Its signature is not that of its content. */
  SIGNATURE,
  /** It does not say until when it is valid. */
  NO_EXPIRY,
  /** It lives longer than any may. */
  TOO_LONG,
  /** It is not valid any more. */
  EXPIRED,
  /** It is not valid yet. */
  NOT_YET,
  /** What it grants cannot be read. */
  GRANTS,
  /** It was revoked. */
  REVOKED,
  /** A ticket that is not known, used up or too old. */
  TICKET;

  /**
   * Whether it may be over soon, so that a browser's stream should come back: its page may put
   * another token into the cookie, and a key that is not known yet may be fetched.
   */
  boolean mayPass() {
    return this == EXPIRED || this == UNKNOWN_KEY;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
