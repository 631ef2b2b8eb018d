package dev.allim.urlpattern.url;

import dev.allim.text.CharSet;
import java.net.IDN;
import java.util.Locale;
import java.util.Optional;

/**
 * Hosts of URLs. Names that are not ASCII become so by the JDK's IDNA (2003), which differs from
 * that of browsers for a few letters, such as a sharp s.
 */
public final class HostName {
  private static final CharSet FORBIDDEN = CharSet.of("\0\t\n\r #/:<>?@[\\]^|");
  private static final CharSet FORBIDDEN_IN_DOMAIN =
      FORBIDDEN.or(CharSet.range(0, 0x1F)).or(CharSet.of("%\u007F")).or(new CharSet(0, 0, true));

  private HostName() {}

  /**
   * The host as it is written in a parsed URL, or nothing if it is none.
   *
   * @param isSpecial whether it is a domain, as it is for the schemes that the standard knows
   */
  public static Optional<String> parse(String text, boolean isSpecial) {
    if (text.startsWith("[")) {
      return text.endsWith("]")
          ? IpAddress.v6(text.substring(1, text.length() - 1)).map(host -> "[" + host + "]")
          : Optional.empty();
    }
    return isSpecial ? domain(text) : opaque(text);
  }

  private static Optional<String> opaque(String text) {
    return text.chars().anyMatch(FORBIDDEN::has)
        ? Optional.empty()
        : Optional.of(PercentEncoding.OPAQUE.encode(text));
  }

  private static Optional<String> domain(String text) {
    Optional<String> ascii = toAscii(PercentEncoding.decode(text));
    if (ascii.isEmpty()
        || ascii.get().isEmpty()
        || ascii.get().chars().anyMatch(FORBIDDEN_IN_DOMAIN::has)) {
      return Optional.empty();
    }
    return IpAddress.endsInNumber(ascii.get()) ? IpAddress.v4(ascii.get()) : ascii;
  }

  private static Optional<String> toAscii(String domain) {
    if (domain.chars().allMatch(c -> c < 0x80)) {
      return Optional.of(domain.toLowerCase(Locale.ROOT));
    }
    try {
      return Optional.of(IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException notAllowed) {
      return Optional.empty();
    }
  }
}
