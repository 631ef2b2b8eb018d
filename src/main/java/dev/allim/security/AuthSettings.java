package dev.allim.security;

import dev.allim.hub.settings.Bounds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks what is configured of tokens and of how they are carried, but for the keys. */
final class AuthSettings {
  private static final Duration SHORTEST_LIFE = Duration.ofMinutes(1);
  private static final Duration LONGEST_LIFE = Duration.ofDays(36_500);
  private static final Duration LONGEST_LEEWAY = Duration.ofMinutes(5);
  private static final Duration SHORTEST_TICKET = Duration.ofSeconds(1);
  private static final Duration LONGEST_TICKET = Duration.ofHours(1);

  private static final String ORIGINS = "allim.auth.cookie.origins";
  private static final Pattern ORIGIN =
      Pattern.compile(
          "(?<scheme>[a-z][a-z0-9+.-]*)://(?:[a-z0-9._-]+|\\[[0-9a-f:.]+])(?::(?<port>\\d{1,5}))?");

  /** Browsers leave these out. */
  private static final Map<String, String> PORTS = Map.of("http", "80", "https", "443");

  private AuthSettings() {}

  /**
   * Checks them.
   *
   * @throws IllegalArgumentException that names the setting which cannot be, and why
   */
  static void check(AuthConfig config) {
    Bounds.check(
        "allim.auth.leeway",
        config.leeway(),
        Duration.ZERO,
        LONGEST_LEEWAY,
        "clocks differ by seconds");
    Bounds.check(
        "allim.auth.revocations.longest-life",
        config.revocations().longestLife(),
        SHORTEST_LIFE,
        LONGEST_LIFE,
        "so long every revocation is remembered");
    Bounds.check(
        "allim.auth.ticket.ttl",
        config.ticket().ttl(),
        SHORTEST_TICKET,
        LONGEST_TICKET,
        "a page uses a ticket at once, and until it does whoever sees the ticket can");
    Bounds.check(
        "allim.auth.ticket.most",
        config.ticket().most(),
        1,
        Tickets.MOST,
        "there are no more for all subjects together");
    check(config.cookie());
  }

  private static void check(AuthConfig.Cookie cookie) {
    List<String> origins = cookie.origins().stream().flatMap(all -> all.stream()).sorted().toList();
    origins.forEach(AuthSettings::requireOrigin);
    if (cookie.sameSite() == AuthConfig.Cookie.SameSite.NONE && origins.isEmpty()) {
      throw new IllegalArgumentException(
          "allim.auth.cookie.same-site is none, for pages of other sites, but %s names none that may"
                  .formatted(ORIGINS)
              + " use the cookie");
    }
  }

  /** Written otherwise than browsers write it, one would silently be no page's. */
  private static void requireOrigin(String text) {
    Matcher origin = ORIGIN.matcher(text);
    if (!origin.matches()
        || PORTS.getOrDefault(origin.group("scheme"), "").equals(origin.group("port"))) {
      throw new IllegalArgumentException(
          "%s has '%s', but must have origins as browsers write them, such as https://shop.example:"
                  .formatted(ORIGINS, text)
              + " a scheme and a host in small letters, a port unless it is the usual one, and no"
              + " more");
    }
  }
}
