package dev.allim.urlpattern.url;

import java.util.Locale;

/**
 * The parts of a URL that a pattern looks at one by one, in the order in which they are written.
 */
public enum Component {
  PROTOCOL,
  USERNAME,
  PASSWORD,
  HOSTNAME,
  PORT,
  PATHNAME,
  SEARCH,
  HASH;

  /** As the standard writes it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
