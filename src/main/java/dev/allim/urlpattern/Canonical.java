package dev.allim.urlpattern;

import dev.allim.text.CharSet;
import dev.allim.urlpattern.url.HostName;
import dev.allim.urlpattern.url.PercentEncoding;
import dev.allim.urlpattern.url.Scheme;
import dev.allim.urlpattern.url.UrlParser;
import dev.allim.urlpattern.url.UrlPath;
import dev.allim.urlpattern.url.WebUrl;
import java.util.Locale;
import java.util.Optional;

/**
 * Texts as they would stand in a parsed URL, so that a pattern means the same however it is
 * written; nothing where no URL could have them.
 */
final class Canonical {
  private static final CharSet OF_IPV6 = CharSet.HEX.or(CharSet.of("[]:"));

  private Canonical() {}

  static Optional<String> protocol(String value) {
    return value.isEmpty()
        ? Optional.of(value)
        : WebUrl.parse(value + "://dummy.test", Optional.empty()).map(WebUrl::scheme);
  }

  static Optional<String> userinfo(String value) {
    return Optional.of(PercentEncoding.USERINFO.encode(value));
  }

  /** What would end the host of a URL ends this one. */
  static Optional<String> hostname(String value) {
    if (value.isEmpty()) {
      return Optional.of(value);
    }
    String text = UrlParser.withoutBreaks(value).split("[/?#\\\\]", 2)[0];
    return text.isEmpty() || UrlParser.portColon(text) >= 0
        ? Optional.empty()
        : HostName.parse(text, true);
  }

  static Optional<String> ipv6(String value) {
    return value.chars().allMatch(OF_IPV6::has)
        ? Optional.of(value.toLowerCase(Locale.ROOT))
        : Optional.empty();
  }

  static Optional<String> port(String value) {
    return port(value, "");
  }

  /** What stands behind the digits is no matter. */
  static Optional<String> port(String value, String protocol) {
    String text = UrlParser.withoutBreaks(value);
    int end = 0;
    while (end < text.length() && CharSet.DIGITS.has(text.charAt(end))) {
      end++;
    }
    return end == 0 && !value.isEmpty()
        ? Optional.empty()
        : Scheme.port(text.substring(0, end), protocol);
  }

  /**
   * With dot segments resolved; it need not begin with a slash, as it may be part of one. There it
   * is refused if it climbs above where it begins, as what is before it is not known: the standard
   * cuts two characters off what is left, which are not there.
   */
  static Optional<String> pathname(String value) {
    if (value.isEmpty()) {
      return Optional.of(value);
    }
    String text = UrlParser.withoutBreaks(value);
    return value.startsWith("/")
        ? Optional.of(path(text.isEmpty() ? text : text.substring(1)))
        : Optional.of(path("-" + text))
            .filter(path -> path.startsWith("/-"))
            .map(path -> path.substring(2));
  }

  private static String path(String behindSlash) {
    return new UrlPath("https").append(behindSlash).toString();
  }

  static Optional<String> opaquePathname(String value) {
    return Optional.of(PercentEncoding.OPAQUE.encode(UrlParser.withoutBreaks(value)));
  }

  static Optional<String> search(String value) {
    return Optional.of(PercentEncoding.SPECIAL_QUERY.encode(UrlParser.withoutBreaks(value)));
  }

  static Optional<String> hash(String value) {
    return Optional.of(PercentEncoding.FRAGMENT.encode(UrlParser.withoutBreaks(value)));
  }
}
