package dev.allim.urlpattern;

/**
 * A word of a pattern.
 *
 * @param type what it is
 * @param index where it begins
 * @param value what it stands for
 */
record Token(Type type, int index, String value) {
  /** Kinds of words. */
  enum Type {
    OPEN,
    CLOSE,
    REGEXP,
    NAME,
    CHAR,
    ESCAPED_CHAR,
    OTHER_MODIFIER,
    ASTERISK,
    END,
    INVALID_CHAR
  }

  boolean is(Type other) {
    return type == other;
  }

  /** Whether it is this character, and has no meaning of its own in a pattern. */
  boolean isPlain(String character) {
    return value.equals(character)
        && (is(Type.CHAR) || is(Type.ESCAPED_CHAR) || is(Type.INVALID_CHAR));
  }
}
