package dev.allim.mercure.topic;

import dev.allim.urlpattern.url.WebUrl;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The hub's URL as the world knows it. What is relative in topics and patterns is relative to it,
 * and its path, at whatever host, is where only the hub itself publishes.
 *
 * @param text as it was written
 * @param parsed the same, read
 */
public record HubUrl(String text, WebUrl parsed) {
  /** Where a hub is on its server. */
  public static final String PATH = "/.well-known/mercure";

  /** In which its path ends. */
  private static final String NAME = "mercure";

  private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  /** Of whoever has not said what it is: any host is as good as another. */
  private static final String SOMEWHERE = "https://localhost" + PATH;

  /**
   * What the configuration says.
   *
   * @param configured the value of {@code allim.mercure.url}
   * @throws IllegalArgumentException if that is no URL of a hub; names the setting
   */
  public static HubUrl of(Optional<String> configured) {
    String text = configured.orElse(SOMEWHERE);
    return WebUrl.parse(text, Optional.empty())
        .filter(url -> url.scheme().startsWith("http") && url.path().endsWith(PATH))
        .filter(url -> url.query().isEmpty() && url.fragment().isEmpty())
        .map(url -> new HubUrl(text, url))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "allim.mercure.url is '%s', but has to be the URL under which the hub is known, such as https://hub.example%s"
                        .formatted(text, PATH)));
  }

  /** Where it is on its server, as the world knows it. */
  public String path() {
    return parsed.path();
  }

  /** What stands before its path. */
  public String origin() {
    return text.substring(0, text.length() - parsed.path().length());
  }

  /** Whether only the hub itself may publish there. What is no URL is nobody's. */
  public boolean owns(String topic) {
    return mayLeadHere(topic) && leadsHere(topic);
  }

  /**
   * What does not say so by its name, in an escape or by being next to nothing leads elsewhere,
   * which is found out faster.
   */
  private static boolean mayLeadHere(String topic) {
    String text = topic.strip();
    return text.contains(NAME)
        || text.indexOf('%') >= 0
        || text.indexOf('?') >= 0
        || text.indexOf('#') >= 0
        || text.isEmpty()
        || text.endsWith(":");
  }

  /** The same of any, by the whole algorithm. */
  boolean leadsHere(String topic) {
    return WebUrl.parse(topic, Optional.of(parsed))
        .filter(url -> !url.isOpaque())
        .map(url -> decoded(url.path()))
        .filter(path -> path.equals(parsed.path()) || path.startsWith(parsed.path() + "/"))
        .isPresent();
  }

  /** Without the escapes that need not be. */
  private static String decoded(String path) {
    return ESCAPE
        .matcher(path)
        .replaceAll(
            escape -> {
              char octet = (char) Integer.parseInt(escape.group(1), 16);
              return UNRESERVED.indexOf(octet) >= 0 ? String.valueOf(octet) : escape.group();
            });
  }
}
