package dev.allim.urlpattern;

import dev.allim.text.CharSet;

/** Reads what stands in brackets, as ECMAScript does it with its flag {@code v}. */
final class RegexpClass {
  private static final String SYNTAX = "()[]{}/-\\|";
  private static final String PUNCTUATION = "&-!#%,:;<=>@`~";
  private static final String NEVER_TWICE = "&!#$%*+,.:;<=>?@^`~";

  private final RegexpCursor cursor;

  private RegexpClass(RegexpCursor cursor) {
    this.cursor = cursor;
  }

  /** What follows a bracket that is taken already, with the one that closes it. */
  static CharSet read(RegexpCursor cursor) {
    cursor.enter();
    CharSet set = new RegexpClass(cursor).read();
    cursor.leave();
    return set;
  }

  private CharSet read() {
    boolean isNegated = cursor.take("^");
    CharSet set = cursor.isAt("]") ? CharSet.NONE : contents();
    if (!cursor.take("]")) {
      throw cursor.malformed("']' is expected here");
    }
    return isNegated ? set.not() : set;
  }

  private CharSet contents() {
    int start = cursor.index();
    CharSet first = operand();
    if (cursor.isAt("--") || cursor.isAt("&&")) {
      return operations(first);
    }
    cursor.back(start);
    CharSet all = CharSet.NONE;
    while (!cursor.isAt("]") && !cursor.isAtEnd()) {
      all = all.or(rangeOrOperand());
    }
    return all;
  }

  /** All of one kind, from left to right. */
  private CharSet operations(CharSet first) {
    boolean isSubtraction = cursor.isAt("--");
    String operator = isSubtraction ? "--" : "&&";
    CharSet set = first;
    while (cursor.take(operator)) {
      CharSet operand = operand();
      set = isSubtraction ? set.minus(operand) : set.and(operand);
    }
    return set;
  }

  private CharSet operand() {
    if (cursor.take("[")) {
      return RegexpClass.read(cursor);
    }
    if (cursor.isAt("\\q")) {
      throw cursor.malformed("strings in classes are not supported");
    }
    return cursor.take("\\") ? escaped() : literal();
  }

  private CharSet escaped() {
    if (cursor.take("b")) {
      return CharSet.of("\b");
    }
    return PUNCTUATION.indexOf(cursor.peek()) >= 0 && !cursor.isAtEnd()
        ? CharSet.of(String.valueOf(cursor.next()))
        : RegexpEscapes.read(cursor);
  }

  private CharSet literal() {
    char c = cursor.next();
    boolean isDoubled = NEVER_TWICE.indexOf(c) >= 0 && cursor.peek() == c;
    if (SYNTAX.indexOf(c) >= 0 || isDoubled) {
      throw cursor.malformed("'%s' needs a '\\' before it in a class".formatted(c));
    }
    return CharSet.range(c, c);
  }

  private CharSet rangeOrOperand() {
    CharSet first = operand();
    if (cursor.isAt("--") || !cursor.take("-")) {
      return first;
    }
    int from = single(first);
    int to = single(operand());
    if (from > to) {
      throw cursor.malformed("a range must not be upside down");
    }
    return CharSet.range(from, to);
  }

  /** The one character of a set, the end of a range. */
  private int single(CharSet set) {
    if (set.others() || Long.bitCount(set.low()) + Long.bitCount(set.high()) != 1) {
      throw cursor.malformed("a range needs a character of ASCII at each end");
    }
    return set.low() != 0
        ? Long.numberOfTrailingZeros(set.low())
        : 64 + Long.numberOfTrailingZeros(set.high());
  }
}
