package dev.allim.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whose tokens are taken, and how they are carried. Without a key nobody is asked for one. */
@ConfigMapping(prefix = "allim.auth")
public interface AuthConfig {
  /**
   * A secret that whoever makes tokens shares with the hub, 32 bytes or more ({@code openssl rand
   * -base64 48}): tokens are signed with HS256, from 48 bytes on also HS384, from 64 on HS512. Or
   * {@code file:} and the path of a file with it, which is looked at every few seconds.
   */
  Optional<String> secret();

  /** Others who make tokens, each with keys of its own, under a name of your choice. */
  Map<String, Issuer> issuers();

  /** The claim with what a token grants, an object with {@code publish}, {@code subscribe}, … */
  @WithDefault("allim")
  String claim();

  /**
   * By how much the clocks of those who make tokens may be ahead: a token that is not valid yet is
   * taken so much earlier.
   */
  @WithDefault("10s")
  Duration leeway();

  /** A token in a cookie, for browsers. */
  Cookie cookie();

  /** Tickets, for browsers that can send neither a header nor a cookie. */
  Ticket ticket();

  /** Tokens that are taken back before they expire. */
  Revocations revocations();

  /** Tokens that are taken back before they expire. */
  interface Revocations {
    /**
     * How long a token may be good at most, from its {@code iat} to its {@code exp}: one that lives
     * longer is refused. A revocation is forgotten after that time, since what it took back has
     * expired by then; so the shorter it is, the more of them there is room for.
     */
    @WithDefault("3650d")
    Duration longestLife();

    /** How many are remembered at a time, some hundred bytes each; more are refused. */
    @WithDefault("10000")
    int most();
  }

  /** A token in a cookie. */
  interface Cookie {
    /**
     * Its name. Whoever logs users in sets it, with {@code HttpOnly}, {@code Secure} and {@code
     * SameSite}.
     */
    @WithDefault("allim")
    String name();

    /**
     * Origins whose pages may use it besides the hub's own, such as {@code https://shop.example}: a
     * browser sends it whoever asks.
     */
    Optional<Set<String>> origins();

    /**
     * For which pages browsers send the cookie that {@code POST /session} sets: with {@code none}
     * also for those of another site, which have to be among the origins.
     */
    @WithDefault("strict")
    SameSite sameSite();

    /** For whose pages a browser sends a cookie. */
    enum SameSite {
      /** Those of the site alone. */
      STRICT,
      /** Also when a link leads here. */
      LAX,
      /** All. */
      NONE
    }
  }

  /** A ticket. */
  interface Ticket {
    /** How soon it has to be used: it may be seen on its way, and is in logs. */
    @WithDefault("30s")
    Duration ttl();

    /**
     * How many one subject may have at a time: used ones until their token ends, others for {@code
     * ttl}. One who gets more is answered 429. Whose a token is says its {@code sub}, or else its
     * {@code jti}; all others of an issuer are one.
     */
    @WithDefault("1000")
    int most();
  }

  /** Who makes tokens: exactly one of secret, public-key, jwks and oidc. */
  interface Issuer {
    /** A shared secret, as {@code allim.auth.secret}. */
    Optional<String> secret();

    /** Public keys in PEM: themselves, or the path of a file with them. */
    Optional<String> publicKey();

    /**
     * A JWK set: the path of a file, which is looked at every few seconds, or a URL, which is
     * fetched at the start, every quarter of an hour, and when a token names a key that it did not
     * have.
     */
    Optional<String> jwks();

    /** The URL of an OpenID provider, whose configuration says where its keys are. */
    Optional<String> oidc();

    /**
     * What a token has to say in {@code iss}; the URL of the provider with oidc, otherwise empty
     * for anything.
     */
    Optional<String> issuer();

    /**
     * What a token has to name in {@code aud}. Without it one that is for somebody in particular is
     * not for this hub.
     */
    Optional<String> audience();

    /** The algorithms that are taken, such as {@code ES256}; by default all that fit the keys. */
    Optional<List<String>> algorithms();
  }

  /** Whether there is any key, so that tokens mean something. */
  default boolean isConfigured() {
    return secret().isPresent() || !issuers().isEmpty();
  }
}
