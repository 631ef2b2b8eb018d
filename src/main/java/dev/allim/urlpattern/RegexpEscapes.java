package dev.allim.urlpattern;

import dev.allim.text.CharSet;

/** What stands for something else behind a backslash, in and out of classes. */
final class RegexpEscapes {
  private static final CharSet WORD = CharSet.ALPHANUMERIC.or(CharSet.of("_"));
  private static final CharSet SPACE = CharSet.of(" \t\n\u000B\f\r");
  private static final String CONTROLS = "tnvfr";
  private static final String CONTROL_VALUES = "\t\n\u000B\f\r";
  private static final String SYNTAX = "^$\\.*+?()[]{}|/";

  private RegexpEscapes() {}

  /** What stands behind a backslash, which is taken already. */
  static CharSet read(RegexpCursor cursor) {
    char c = cursor.next();
    return switch (c) {
      case 'd' -> CharSet.DIGITS;
      case 'D' -> CharSet.DIGITS.not();
      case 'w' -> WORD;
      case 'W' -> WORD.not();
      case 's' -> SPACE;
      case 'S' -> SPACE.not();
      case 'p', 'P' -> throw cursor.malformed("properties of Unicode are not supported");
      default -> one(character(c, cursor));
    };
  }

  private static CharSet one(int character) {
    return CharSet.range(character, character);
  }

  private static int character(char c, RegexpCursor cursor) {
    int control = CONTROLS.indexOf(c);
    if (control >= 0) {
      return CONTROL_VALUES.charAt(control);
    }
    if (SYNTAX.indexOf(c) >= 0) {
      return c;
    }
    return switch (c) {
      case '0' -> zero(cursor);
      case 'c' -> letter(cursor) & 0x1F;
      case 'x' -> hex(cursor, 2);
      case 'u' -> cursor.take("{") ? braced(cursor) : hex(cursor, 4);
      default -> throw unknown(c, cursor);
    };
  }

  private static UrlPatternSyntaxException unknown(char c, RegexpCursor cursor) {
    return c == 'k' || CharSet.DIGITS.has(c)
        ? cursor.malformed("back references take more than linear time, and are not supported")
        : cursor.malformed("'\\%s' has no meaning".formatted(c));
  }

  private static int zero(RegexpCursor cursor) {
    if (CharSet.DIGITS.has(cursor.peek())) {
      throw cursor.malformed("a digit must not follow '\\0'");
    }
    return 0;
  }

  private static char letter(RegexpCursor cursor) {
    char letter = cursor.next();
    if (!CharSet.LETTERS.has(letter)) {
      throw cursor.malformed("'\\c' needs a letter");
    }
    return letter;
  }

  private static int hex(RegexpCursor cursor, int digits) {
    String text = cursor.run(CharSet.HEX, digits);
    if (text.length() < digits) {
      throw cursor.malformed("%d hexadecimal digits are expected".formatted(digits));
    }
    return Integer.parseInt(text, 16);
  }

  private static int braced(RegexpCursor cursor) {
    String text = cursor.run(CharSet.HEX, 6);
    if (text.isEmpty() || !cursor.take("}") || Integer.parseInt(text, 16) > 0x10FFFF) {
      throw cursor.malformed("a code point of Unicode is expected");
    }
    return Integer.parseInt(text, 16);
  }
}
