package dev.allim.urlpattern.url;

import dev.allim.text.CharSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The schemes that the standard knows, and treats alike. */
public final class Scheme {
  private static final Map<String, String> PORTS =
      Map.of("http", "80", "https", "443", "ws", "80", "wss", "443", "ftp", "21", "file", "");

  private Scheme() {}

  public static Set<String> special() {
    return PORTS.keySet();
  }

  public static boolean isSpecial(String scheme) {
    return PORTS.containsKey(scheme);
  }

  /**
   * The port as a URL has it, which is empty for the scheme's own.
   *
   * @return nothing if it is no port
   */
  public static Optional<String> port(String digits, String scheme) {
    if (digits.isEmpty()) {
      return Optional.of(digits);
    }
    String significant = digits.replaceFirst("^0+(?=.)", "");
    if (!digits.chars().allMatch(CharSet.DIGITS::has)
        || significant.length() > 5
        || Integer.parseInt(significant) > 0xFFFF) {
      return Optional.empty();
    }
    return Optional.of(isDefault(significant, scheme) ? "" : significant);
  }

  /** Whether it is what a URL of this scheme has without saying so. */
  public static boolean isDefault(String port, String scheme) {
    return port.equals(PORTS.get(scheme));
  }
}
