package dev.allim.urlpattern.url;

import dev.allim.text.CharSet;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads one URL. The standard's parser goes through a text character by character; here the text is
 * cut where that one changes its state for good: fragment, query, scheme, authority, path. For one
 * thread and one URL.
 */
public final class UrlParser {
  private final Optional<WebUrl> base;
  private final Optional<String> rawQuery;
  private final Optional<String> fragment;

  /** All before query and fragment. */
  private final String body;

  private String scheme = "";
  private String username = "";
  private String password = "";
  private Optional<String> host = Optional.empty();
  private String port = "";
  private Optional<String> inheritedQuery = Optional.empty();

  UrlParser(String text, Optional<WebUrl> base) {
    String all = withoutBreaks(trimmed(text));
    int hash = all.indexOf('#');
    String beforeHash = hash < 0 ? all : all.substring(0, hash);
    int mark = beforeHash.indexOf('?');
    this.base = base;
    this.fragment =
        hash < 0
            ? Optional.empty()
            : Optional.of(PercentEncoding.FRAGMENT.encode(all.substring(hash + 1)));
    this.rawQuery = mark < 0 ? Optional.empty() : Optional.of(beforeHash.substring(mark + 1));
    this.body = mark < 0 ? beforeHash : beforeHash.substring(0, mark);
  }

  private static String trimmed(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && text.charAt(start) <= ' ') {
      start++;
    }
    while (start < end && text.charAt(end - 1) <= ' ') {
      end--;
    }
    return text.substring(start, end);
  }

  /** Tabs and line ends are no part of any URL. */
  public static String withoutBreaks(String text) {
    boolean hasAny = text.chars().anyMatch(c -> c == '\t' || c == '\n' || c == '\r');
    return hasAny ? text.replaceAll("[\t\n\r]", "") : text;
  }

  public Optional<WebUrl> parse() {
    int colon = schemeEnd();
    if (colon < 0) {
      return base.flatMap(this::parseRelative);
    }
    scheme = body.substring(0, colon).toLowerCase(Locale.ROOT);
    String rest = body.substring(colon + 1);
    boolean isOfBase = base.isPresent() && base.get().scheme().equals(scheme);
    if (scheme.equals("file")) {
      return parseFile(rest, base.filter(url -> isOfBase));
    }
    if (Scheme.isSpecial(scheme)) {
      return isOfBase && !rest.startsWith("//")
          ? parseAgainst(rest, base.get())
          : parseAuthority(withoutSlashes(rest));
    }
    if (rest.startsWith("//")) {
      return parseAuthority(rest.substring(2));
    }
    return rest.startsWith("/") ? withPath(newPath().append(rest.substring(1))) : opaque(rest);
  }

  /** Where the colon is behind the scheme, or -1. */
  private int schemeEnd() {
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      boolean isAllowed =
          CharSet.LETTERS.has(c) || (i > 0 && (CharSet.DIGITS.has(c) || "+-.".indexOf(c) >= 0));
      if (!isAllowed) {
        return c == ':' && i > 0 ? i : -1;
      }
    }
    return -1;
  }

  private Optional<WebUrl> parseRelative(WebUrl to) {
    scheme = to.scheme();
    if (to.isOpaque()) {
      return body.isEmpty() && rawQuery.isEmpty() && fragment.isPresent()
          ? Optional.of(url(to.path(), true, to.query()))
          : Optional.empty();
    }
    return scheme.equals("file") ? parseFile(body, base) : parseAgainst(body, to);
  }

  private Optional<WebUrl> parseAgainst(String rest, WebUrl to) {
    if (isSlash(rest, 0) && isSlash(rest, 1)) {
      return parseAuthority(Scheme.isSpecial(scheme) ? withoutSlashes(rest) : rest.substring(2));
    }
    username = to.username();
    password = to.password();
    host = to.host();
    port = to.port();
    if (isSlash(rest, 0)) {
      return withPath(newPath().append(rest.substring(1)));
    }
    UrlPath path = newPath().startingWith(to.path());
    if (rest.isEmpty()) {
      inheritedQuery = to.query();
      return withPath(path);
    }
    return withPath(path.shorten().append(rest));
  }

  private boolean isSlash(String text, int index) {
    return index < text.length()
        && (text.charAt(index) == '/' || (text.charAt(index) == '\\' && Scheme.isSpecial(scheme)));
  }

  private static String withoutSlashes(String text) {
    int start = 0;
    while (start < text.length() && "/\\".indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    return text.substring(start);
  }

  private UrlPath newPath() {
    return new UrlPath(scheme);
  }

  private Optional<WebUrl> parseFile(String rest, Optional<WebUrl> to) {
    host = Optional.of("");
    if (isSlash(rest, 0) && isSlash(rest, 1)) {
      return parseFileHost(rest.substring(2));
    }
    if (to.isEmpty()) {
      return withPath(newPath().append(isSlash(rest, 0) ? rest.substring(1) : rest));
    }
    host = to.get().host();
    UrlPath path = newPath().startingWith(to.get().path());
    if (isSlash(rest, 0)) {
      String behind = rest.substring(1);
      return withPath(
          (UrlPath.startsWithDrive(behind) ? newPath() : path.keepingDrive()).append(behind));
    }
    if (rest.isEmpty()) {
      inheritedQuery = to.get().query();
      return withPath(path);
    }
    return withPath((UrlPath.startsWithDrive(rest) ? newPath() : path.shorten()).append(rest));
  }

  private Optional<WebUrl> parseFileHost(String rest) {
    int end = authorityEnd(rest);
    String name = rest.substring(0, end);
    if (UrlPath.isDriveOrPipe(name)) {
      return withPath(newPath().append(rest));
    }
    if (!name.isEmpty()) {
      host = HostName.parse(name, true).map(known -> known.equals("localhost") ? "" : known);
    }
    return host.isEmpty() ? Optional.empty() : withPathBehindHost(rest.substring(end));
  }

  private int authorityEnd(String text) {
    int end = 0;
    while (end < text.length() && !isSlash(text, end)) {
      end++;
    }
    return end;
  }

  private Optional<WebUrl> parseAuthority(String rest) {
    int end = authorityEnd(rest);
    String authority = rest.substring(0, end);
    int at = authority.lastIndexOf('@');
    String hostAndPort = authority.substring(at + 1);
    if (at >= 0) {
      readCredentials(authority.substring(0, at));
    }
    boolean isHost = readHost(hostAndPort, at >= 0);
    return isHost ? withPathBehindHost(rest.substring(end)) : Optional.empty();
  }

  private void readCredentials(String credentials) {
    int colon = credentials.indexOf(':');
    username =
        PercentEncoding.USERINFO.encode(colon < 0 ? credentials : credentials.substring(0, colon));
    password = colon < 0 ? "" : PercentEncoding.USERINFO.encode(credentials.substring(colon + 1));
  }

  private boolean readHost(String hostAndPort, boolean isRequired) {
    int colon = portColon(hostAndPort);
    String name = colon < 0 ? hostAndPort : hostAndPort.substring(0, colon);
    if (name.isEmpty() && (isRequired || colon >= 0 || Scheme.isSpecial(scheme))) {
      return false;
    }
    Optional<String> number =
        Scheme.port(colon < 0 ? "" : hostAndPort.substring(colon + 1), scheme);
    host = HostName.parse(name, Scheme.isSpecial(scheme));
    port = number.orElse("");
    return host.isPresent() && number.isPresent();
  }

  /** The first colon that is not in brackets, or -1. */
  public static int portColon(String hostAndPort) {
    boolean isInside = false;
    for (int i = 0; i < hostAndPort.length(); i++) {
      char c = hostAndPort.charAt(i);
      isInside = c == '[' || (isInside && c != ']');
      if (c == ':' && !isInside) {
        return i;
      }
    }
    return -1;
  }

  private Optional<WebUrl> withPathBehindHost(String rest) {
    if (rest.isEmpty() && !Scheme.isSpecial(scheme)) {
      return withPath(newPath());
    }
    return withPath(newPath().append(rest.isEmpty() ? rest : rest.substring(1)));
  }

  private Optional<WebUrl> withPath(UrlPath path) {
    return Optional.of(url(path.toString(), false, inheritedQuery));
  }

  private Optional<WebUrl> opaque(String rest) {
    String path = PercentEncoding.OPAQUE.encode(rest);
    boolean isKept = path.endsWith(" ") && (rawQuery.isPresent() || fragment.isPresent());
    return Optional.of(
        url(isKept ? path.substring(0, path.length() - 1) + "%20" : path, true, Optional.empty()));
  }

  private WebUrl url(String path, boolean isOpaque, Optional<String> inherited) {
    PercentEncoding encoding =
        Scheme.isSpecial(scheme) ? PercentEncoding.SPECIAL_QUERY : PercentEncoding.QUERY;
    Optional<String> query = rawQuery.map(encoding::encode).or(() -> inherited);
    return new WebUrl(scheme, username, password, host, port, path, isOpaque, query, fragment);
  }
}
