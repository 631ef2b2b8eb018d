package dev.allim.urlpattern;

import java.util.ArrayList;
import java.util.List;

/** Cuts a pattern into words, see "tokenizing" in the standard. For one thread and one pattern. */
final class Tokenizer {
  private final String input;
  private final boolean isLenient;
  private final List<Token> tokens = new ArrayList<>();
  private int index;

  private Tokenizer(String input, boolean isLenient) {
    this.input = input;
    this.isLenient = isLenient;
  }

  /**
   * All words, the last of which is the end.
   *
   * @throws UrlPatternSyntaxException if a character has no meaning where it stands
   */
  static List<Token> tokenize(String input) {
    return new Tokenizer(input, false).tokenize();
  }

  /** The same, with words for what has no meaning. */
  static List<Token> tokenizeLeniently(String input) {
    return new Tokenizer(input, true).tokenize();
  }

  private List<Token> tokenize() {
    while (index < input.length()) {
      int c = input.codePointAt(index);
      switch (c) {
        case '*' -> add(Token.Type.ASTERISK, index + 1, "*");
        case '+', '?' -> add(Token.Type.OTHER_MODIFIER, index + 1, Character.toString(c));
        case '{' -> add(Token.Type.OPEN, index + 1, "{");
        case '}' -> add(Token.Type.CLOSE, index + 1, "}");
        case '\\' -> escaped();
        case ':' -> name();
        case '(' -> regexp();
        default -> add(Token.Type.CHAR, end(index), Character.toString(c));
      }
    }
    add(Token.Type.END, index, "");
    return tokens;
  }

  private int end(int at) {
    return at + Character.charCount(input.codePointAt(at));
  }

  private void add(Token.Type type, int end, String value) {
    tokens.add(new Token(type, index, value));
    index = end;
  }

  private void invalid(int end, int where, String reason) {
    if (!isLenient) {
      throw new UrlPatternSyntaxException(where, reason);
    }
    add(Token.Type.INVALID_CHAR, end, input.substring(index, end));
  }

  private void escaped() {
    if (index + 1 == input.length()) {
      invalid(index + 1, index, "'\\' needs a character behind it");
    } else {
      int end = end(index + 1);
      add(Token.Type.ESCAPED_CHAR, end, input.substring(index + 1, end));
    }
  }

  private void name() {
    int end = index + 1;
    while (end < input.length() && isOfName(input.codePointAt(end), end == index + 1)) {
      end = end(end);
    }
    if (end == index + 1) {
      invalid(end, index, "':' needs a name behind it, or a '\\' before it");
    } else {
      add(Token.Type.NAME, end, input.substring(index + 1, end));
    }
  }

  /** As in an identifier of ECMAScript. */
  private static boolean isOfName(int c, boolean isFirst) {
    if (isFirst) {
      return c == '$' || c == '_' || Character.isUnicodeIdentifierStart(c);
    }
    boolean isJoiner = c == 0x200C || c == 0x200D;
    return c == '$'
        || isJoiner
        || (Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
  }

  private void regexp() {
    int start = index + 1;
    int at = start;
    int depth = 1;
    while (at < input.length() && depth > 0) {
      char c = input.charAt(at);
      boolean isEscape = c == '\\' && at + 1 < input.length();
      if (isMisplaced(at, start) || (isEscape && input.charAt(at + 1) >= 0x80)) {
        invalid(start, at, "an expression in parentheses is ASCII without groups that capture");
        return;
      }
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      at += isEscape ? 2 : 1;
    }
    if (depth > 0 || at == start + 1) {
      invalid(start, index, depth > 0 ? "'(' needs a ')'" : "'()' needs something inside");
    } else {
      add(Token.Type.REGEXP, at, input.substring(start, at - 1));
    }
  }

  private boolean isMisplaced(int at, int start) {
    char c = input.charAt(at);
    return c >= 0x80
        || (c == '?' && at == start)
        || (c == '\\' && at + 1 == input.length())
        || (c == '(' && !input.startsWith("?", at + 1));
  }
}
