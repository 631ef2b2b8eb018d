package dev.allim.urlpattern;

import dev.allim.text.CharSet;

/** A place in an expression. For one thread. */
final class RegexpCursor {
  /** Groups and classes inside one another: each takes room on the stack. */
  private static final int MOST_NESTED = 50;

  private final String text;
  private final int offset;
  private int index;
  private int nested;

  /** At the beginning of {@code text}, which stands at {@code offset} of a pattern. */
  RegexpCursor(String text, int offset) {
    this.text = text;
    this.offset = offset;
  }

  boolean isAtEnd() {
    return index == text.length();
  }

  /** The next character, or 0 at the end, which no expression holds. */
  char peek() {
    return isAtEnd() ? 0 : text.charAt(index);
  }

  boolean isAt(String next) {
    return text.startsWith(next, index);
  }

  /** Goes past {@code next} if it stands here. */
  boolean take(String next) {
    boolean isHere = isAt(next);
    index += isHere ? next.length() : 0;
    return isHere;
  }

  char next() {
    if (isAtEnd()) {
      throw malformed("it ends too early");
    }
    return text.charAt(index++);
  }

  /** The longest run of such characters from here, at most so many. */
  String run(CharSet set, int most) {
    int start = index;
    while (!isAtEnd() && index - start < most && set.has(text.charAt(index))) {
      index++;
    }
    return text.substring(start, index);
  }

  int index() {
    return index;
  }

  void back(int to) {
    index = to;
  }

  void enter() {
    if (++nested > MOST_NESTED) {
      throw malformed("at most %d may be inside one another".formatted(MOST_NESTED));
    }
  }

  void leave() {
    nested--;
  }

  UrlPatternSyntaxException malformed(String reason) {
    return new UrlPatternSyntaxException(offset + index, reason);
  }
}
