package dev.allim.text;

/**
 * The rule for every text that ends up in a line of its own on the wire or in a log: no control
 * character (C0, DEL, C1), no Unicode format character (category Cf, which can hide or reorder
 * text), no half of a surrogate pair.
 */
public final class PlainText {
  private PlainText() {}

  /** Returns {@code value}, or refuses it in the name of {@code field}. */
  public static String require(String field, String value) {
    for (int i = 0; i < value.length(); ) {
      int codePoint = value.codePointAt(i);
      if (isForbidden(codePoint)) {
        throw new InvalidFieldException(
            field,
            "%s must not contain %s (U+%04X at index %d)"
                .formatted(field, describe(codePoint), codePoint, i));
      }
      i += Character.charCount(codePoint);
    }
    return value;
  }

  private static boolean isForbidden(int codePoint) {
    if (codePoint >= ' ' && codePoint < 0x7F) {
      return false;
    }
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> true;
      default -> isFormatInNewerUnicode(codePoint);
    };
  }

  /** Format characters that Unicode 14 to 17 added after the tables of Java 17. */
  private static boolean isFormatInNewerUnicode(int codePoint) {
    return codePoint == 0x0890
        || codePoint == 0x0891
        || (codePoint >= 0x13439 && codePoint <= 0x1343F);
  }

  private static String describe(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL -> "control characters";
      case Character.SURROGATE -> "half a surrogate pair";
      default -> "invisible format characters";
    };
  }
}
