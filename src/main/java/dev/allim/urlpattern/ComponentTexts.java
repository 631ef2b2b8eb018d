package dev.allim.urlpattern;

import dev.allim.urlpattern.url.Component;
import dev.allim.urlpattern.url.Scheme;
import dev.allim.urlpattern.url.WebUrl;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Texts for some components, and a URL that the others are taken from: what the standard calls a
 * URLPatternInit. Immutable.
 *
 * @param texts those that are given
 * @param base the URL, if there is one
 */
record ComponentTexts(Map<Component, String> texts, Optional<String> base) {
  private static final Set<Component> OF_PATTERNS_ONLY =
      Set.of(Component.USERNAME, Component.PASSWORD);

  ComponentTexts {
    texts = Map.copyOf(texts);
  }

  /**
   * Texts of patterns, with what the base has escaped.
   *
   * @throws UrlPatternSyntaxException if the base is no URL
   */
  Map<Component, String> forPattern() {
    Map<Component, String> result = new EnumMap<>(Component.class);
    Optional<WebUrl> url = base.flatMap(text -> WebUrl.parse(text, Optional.empty()));
    if (base.isPresent() && url.isEmpty()) {
      throw new UrlPatternSyntaxException(0, "the base is no URL");
    }
    url.ifPresent(known -> inherit(known, result, true));
    texts.forEach((component, text) -> result.put(component, withoutMark(component, text)));
    Optional.ofNullable(texts.get(Component.PATHNAME))
        .ifPresent(path -> result.put(Component.PATHNAME, absolute(path, url, true)));
    return result;
  }

  /** Texts to be matched, all of them, or nothing if they could be of no URL. */
  Optional<Map<Component, String>> forMatching() {
    Map<Component, String> result = new EnumMap<>(Component.class);
    for (Component component : Component.values()) {
      result.put(component, "");
    }
    Optional<WebUrl> url = base.flatMap(text -> WebUrl.parse(text, Optional.empty()));
    if (base.isPresent() && url.isEmpty()) {
      return Optional.empty();
    }
    url.ifPresent(known -> inherit(known, result, false));
    for (Component component : Component.values()) {
      if (texts.containsKey(component) && !putCanonical(component, url, result)) {
        return Optional.empty();
      }
    }
    return Optional.of(result);
  }

  private boolean putCanonical(
      Component component, Optional<WebUrl> url, Map<Component, String> result) {
    String text = withoutMark(component, texts.getOrDefault(component, ""));
    String protocol = result.getOrDefault(Component.PROTOCOL, "");
    Optional<String> canonical =
        switch (component) {
          case PROTOCOL -> Canonical.protocol(text);
          case USERNAME, PASSWORD -> Canonical.userinfo(text);
          case HOSTNAME -> Canonical.hostname(text);
          case PORT -> Canonical.port(text, protocol);
          case PATHNAME ->
              protocol.isEmpty() || Scheme.isSpecial(protocol)
                  ? Canonical.pathname(absolute(text, url, false))
                  : Canonical.opaquePathname(absolute(text, url, false));
          case SEARCH -> Canonical.search(text);
          case HASH -> Canonical.hash(text);
        };
    canonical.ifPresent(known -> result.put(component, known));
    return canonical.isPresent();
  }

  /** Takes from the base what stands before all that is given here. */
  private void inherit(WebUrl url, Map<Component, String> result, boolean isPattern) {
    for (Component component : Component.values()) {
      boolean isTaken = !isPattern || !OF_PATTERNS_ONLY.contains(component);
      if (isTaken && inherits(component)) {
        String text = url.component(component);
        result.put(component, isPattern ? escaped(text) : text);
      }
    }
  }

  private boolean inherits(Component component) {
    return texts.keySet().stream().noneMatch(given -> isBefore(given, component));
  }

  /** Whether who gives one component says so that he does not want the other from the base. */
  private static boolean isBefore(Component given, Component component) {
    return switch (component) {
      case USERNAME ->
          Set.of(Component.PROTOCOL, Component.HOSTNAME, Component.PORT, component).contains(given);
      case PASSWORD -> given.compareTo(Component.PORT) <= 0;
      case PROTOCOL -> given == component;
      case HOSTNAME, PORT, PATHNAME, SEARCH, HASH ->
          given.compareTo(component) <= 0 && !OF_PATTERNS_ONLY.contains(given);
    };
  }

  private static String withoutMark(Component component, String text) {
    boolean hasMark =
        switch (component) {
          case PROTOCOL -> text.endsWith(":");
          case SEARCH -> text.startsWith("?");
          case HASH -> text.startsWith("#");
          case USERNAME, PASSWORD, HOSTNAME, PORT, PATHNAME -> false;
        };
    boolean isAtEnd = component == Component.PROTOCOL;
    return hasMark ? text.substring(isAtEnd ? 0 : 1, text.length() - (isAtEnd ? 1 : 0)) : text;
  }

  private static String absolute(String path, Optional<WebUrl> url, boolean isPattern) {
    if (url.isEmpty() || url.get().isOpaque() || isAbsolute(path, isPattern)) {
      return path;
    }
    String from = isPattern ? escaped(url.get().path()) : url.get().path();
    return from.substring(0, from.lastIndexOf('/') + 1) + path;
  }

  private static boolean isAbsolute(String path, boolean isPattern) {
    return path.startsWith("/") || (isPattern && (path.startsWith("\\/") || path.startsWith("{/")));
  }

  /** A text as a pattern that matches it alone. */
  static String escaped(String text) {
    return text.replaceAll("[+*?:{}()\\\\]", "\\\\$0");
  }
}
