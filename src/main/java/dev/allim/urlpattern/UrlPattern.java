package dev.allim.urlpattern;

import dev.allim.text.CharSet;
import dev.allim.urlpattern.url.Component;
import dev.allim.urlpattern.url.PercentEncoding;
import dev.allim.urlpattern.url.Scheme;
import dev.allim.urlpattern.url.WebUrl;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * A pattern of URLs by the WHATWG's URL Pattern standard, such as {@code
 * https://example.com/books/:id}. Tells whether a URL matches; what its groups matched is not kept.
 * Case matters except where URLs have none.
 *
 * <p>Immutable. Matching takes time in proportion to the URL's length times the pattern's, whatever
 * the pattern, and about a millisecond at most: what would take more does not match; of expressions
 * in parentheses, those that cannot be matched so (back references, lookaround) or depend on
 * Unicode's tables are refused. Equal when written alike, against the same base.
 */
public final class UrlPattern {
  /** The pattern of a component of which nothing is said. */
  private static final String ANYTHING = "*";

  /** Reading a URL takes about this for each character. */
  private static final int READING = 16;

  /** A character becomes at most three bytes, each of which is written as three characters. */
  private static final int LONGEST_ENCODED = 9;

  private static final int LONGEST_OF_ASCII = 3;

  /** A number may be an address. */
  private static final int LONGEST_ADDRESS = 16;

  /** Characters that are not encoded anywhere. */
  private static final CharSet AS_IT_IS = CharSet.ALPHANUMERIC.or(CharSet.of("-._~%/"));

  private final String text;
  private final Optional<String> base;
  private final Map<Component, Program> programs;

  private UrlPattern(String text, ComponentTexts texts) {
    this.text = text;
    this.base = texts.base();
    this.programs = programs(texts);
  }

  /**
   * Reads a pattern.
   *
   * @param base the URL that it is relative to, without which it has to name its protocol
   * @throws UrlPatternSyntaxException if it is malformed, too large or of no linear time, or the
   *     base is no URL
   */
  public static UrlPattern compile(String pattern, Optional<String> base) {
    String scalar = PercentEncoding.scalar(pattern);
    Map<Component, String> texts = ConstructorString.parse(scalar);
    if (base.isEmpty() && !texts.containsKey(Component.PROTOCOL)) {
      throw new UrlPatternSyntaxException(0, "a pattern without a protocol needs a base");
    }
    return new UrlPattern(pattern, new ComponentTexts(texts, base));
  }

  /** A pattern whose components are given one by one. */
  static UrlPattern compile(ComponentTexts texts) {
    return new UrlPattern(texts.texts().toString(), texts);
  }

  private static Map<Component, Program> programs(ComponentTexts given) {
    Map<Component, String> texts = new EnumMap<>(given.forPattern());
    String protocol = texts.getOrDefault(Component.PROTOCOL, ANYTHING);
    if (Scheme.isDefault(texts.getOrDefault(Component.PORT, ANYTHING), protocol)) {
      texts.put(Component.PORT, "");
    }
    boolean isSpecial = matchesSpecial(protocol(protocol));
    Map<Component, Program> programs = new EnumMap<>(Component.class);
    for (Component component : Component.values()) {
      String text = texts.getOrDefault(component, ANYTHING);
      programs.put(component, program(component, text, isSpecial));
    }
    return programs;
  }

  /** What a protocol matches. */
  static Program protocol(String text) {
    return program(Component.PROTOCOL, text, false);
  }

  /** Whether URLs of such a protocol have a host and a path. */
  static boolean matchesSpecial(Program protocol) {
    return Scheme.special().stream()
        .anyMatch(scheme -> protocol.matches(scheme, UrlPattern::ignore));
  }

  private static Program program(Component component, String text, boolean isSpecial) {
    try {
      return switch (component) {
        case PROTOCOL -> program(text, PatternOptions.DEFAULT, Canonical::protocol);
        case USERNAME, PASSWORD -> program(text, PatternOptions.DEFAULT, Canonical::userinfo);
        case HOSTNAME ->
            isIpv6(text)
                ? program(text, PatternOptions.HOSTNAME, Canonical::ipv6)
                : program(text, PatternOptions.HOSTNAME, Canonical::hostname);
        case PORT -> program(text, PatternOptions.DEFAULT, Canonical::port);
        case PATHNAME ->
            isSpecial
                ? program(text, PatternOptions.PATHNAME, Canonical::pathname)
                : program(text, PatternOptions.DEFAULT, Canonical::opaquePathname);
        case SEARCH -> program(text, PatternOptions.DEFAULT, Canonical::search);
        case HASH -> program(text, PatternOptions.DEFAULT, Canonical::hash);
      };
    } catch (UrlPatternSyntaxException malformed) {
      throw malformed.in(component.label() + " of the pattern");
    }
  }

  private static Program program(
      String text, PatternOptions options, Function<String, Optional<String>> canonical) {
    return Program.of(PatternParser.parse(text, options, canonical));
  }

  private static boolean isIpv6(String hostname) {
    return List.of("[", "{[", "\\[").stream().anyMatch(hostname::startsWith)
        && hostname.length() > 1;
  }

  /** Whether {@code url}, relative to {@code base} if there is one, is a URL that matches. */
  public boolean matches(String url, Optional<String> base) {
    return WebUrl.parseAgainst(url, base)
        .filter(parsed -> matches(parsed, UrlPattern::ignore))
        .isPresent();
  }

  /**
   * Whether {@code url} matches.
   *
   * @param costs told how many steps it took, of about a nanosecond each; see {@link #cost}
   */
  public boolean matches(WebUrl url, LongConsumer costs) {
    for (Map.Entry<Component, Program> entry : programs.entrySet()) {
      if (!entry.getValue().matches(url.component(entry.getKey()), costs)) {
        return false;
      }
    }
    return true;
  }

  /** Whether components that are given one by one match. */
  boolean matches(ComponentTexts texts) {
    return texts.forMatching().filter(this::matchesEach).isPresent();
  }

  private boolean matchesEach(Map<Component, String> values) {
    return programs.entrySet().stream()
        .allMatch(
            entry ->
                entry
                    .getValue()
                    .matches(values.getOrDefault(entry.getKey(), ""), UrlPattern::ignore));
  }

  /** For those who do not ask what it takes. */
  private static void ignore(long steps) {}

  /** What a match takes for one character at most, in steps. */
  public int size() {
    return programs.values().stream().mapToInt(Program::size).sum();
  }

  /**
   * The most steps that it takes to read a URL relative to a base, and to match it: for each
   * character that it may have then as many as there are {@linkplain #size states}.
   */
  public long cost(String url, WebUrl base) {
    long ofBase =
        (long) base.scheme().length() + base.host().orElse("").length() + base.path().length();
    return (long) READING * url.length() + cost(longest(url) + ofBase + LONGEST_ADDRESS);
  }

  private static long longest(String url) {
    long length = 0;
    for (int i = 0; i < url.length(); i++) {
      char c = url.charAt(i);
      length += c >= 0x80 ? LONGEST_ENCODED : AS_IT_IS.has(c) ? 1 : LONGEST_OF_ASCII;
    }
    return length;
  }

  /** The most steps that a URL takes whose parts have so many characters together. */
  long cost(long length) {
    return programs.values().stream().mapToLong(program -> 1 + program.cost(length)).sum();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UrlPattern that && text.equals(that.text) && base.equals(that.base);
  }

  @Override
  public int hashCode() {
    return 31 * text.hashCode() + base.hashCode();
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }
}
