package dev.allim.urlpattern.url;

import java.util.Optional;

/**
 * A URL as the WHATWG's standard reads it: browsers agree on every part. Immutable; equal when its
 * parts are.
 *
 * @param scheme in small letters, without its colon
 * @param username may be empty
 * @param password may be empty
 * @param host as it goes over the wire: ASCII, addresses in one form
 * @param port empty if it is the scheme's own or there is none
 * @param path begins with a slash if there is one and it is not opaque
 * @param isOpaque whether the path has no segments, as in {@code urn:a:b}
 * @param query without its question mark
 * @param fragment without its hash
 */
public record WebUrl(
    String scheme,
    String username,
    String password,
    Optional<String> host,
    String port,
    String path,
    boolean isOpaque,
    Optional<String> query,
    Optional<String> fragment) {
  /** Reads {@code text}, relative to {@code base} if there is one; nothing if it is no URL. */
  public static Optional<WebUrl> parse(String text, Optional<WebUrl> base) {
    return new UrlParser(PercentEncoding.scalar(text), base).parse();
  }

  /** Reads {@code text} relative to {@code base}, if there is one and that is itself a URL. */
  public static Optional<WebUrl> parseAgainst(String text, Optional<String> base) {
    Optional<WebUrl> parsed = base.flatMap(url -> parse(url, Optional.empty()));
    return base.isPresent() && parsed.isEmpty() ? Optional.empty() : parse(text, parsed);
  }

  /** What a pattern's component is compared with. */
  public String component(Component component) {
    return switch (component) {
      case PROTOCOL -> scheme;
      case USERNAME -> username;
      case PASSWORD -> password;
      case HOSTNAME -> host.orElse("");
      case PORT -> port;
      case PATHNAME -> path;
      case SEARCH -> query.orElse("");
      case HASH -> fragment.orElse("");
    };
  }
}
