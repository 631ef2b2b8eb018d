package dev.allim.urlpattern;

import dev.allim.text.CharSet;

/**
 * What separates the segments of a component.
 *
 * @param delimiter what a named group does not match; may be empty
 * @param prefix what belongs to the group behind it and is repeated with it; may be empty
 */
record PatternOptions(String delimiter, String prefix) {
  static final PatternOptions DEFAULT = new PatternOptions("", "");
  static final PatternOptions HOSTNAME = new PatternOptions(".", "");
  static final PatternOptions PATHNAME = new PatternOptions("/", "/");

  /** What a group matches of which nothing is said. */
  Node segment() {
    CharSet set = CharSet.of(delimiter).not();
    return new Node.Repeat(new Node.OneOf(set), 1, Node.UNBOUNDED);
  }
}
