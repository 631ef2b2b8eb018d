package dev.allim.hub.spi;

import dev.allim.text.PlainText;

/**
 * Who somebody is, as far as operators are to read it; proves nothing and grants nothing.
 *
 * @param name one line
 */
public record Identity(String name) {
  /** Checks that it cannot break or hide a line of a log. */
  public Identity {
    PlainText.require("identity", name);
  }
}
