package dev.allim.http.route;

import java.util.BitSet;

/**
 * Tells which paths every router reads alike. Routers resolve {@code .} and {@code ..}, cut off
 * what follows a {@code ;}, merge or drop slashes, and decode some escapes and not others; whoever
 * reads the raw path then reads another one than was routed. A plain path has none of that.
 */
public final class PlainPath {
  private static final BitSet PLAIN = new BitSet();

  static {
    PLAIN.set('a', 'z' + 1);
    PLAIN.set('A', 'Z' + 1);
    PLAIN.set('0', '9' + 1);
    "-_~!$&'()*+,=:@".chars().forEach(PLAIN::set);
  }

  private PlainPath() {}

  /** Whether {@code below}, which follows a slash, is plain. */
  public static boolean is(String below) {
    char before = '/';
    for (int i = 0; i < below.length(); i++) {
      char c = below.charAt(i);
      if ((c == '/' || c == '.') ? before == '/' : !isPlain(below, i)) {
        return false;
      }
      before = c;
      i += c == '%' ? 2 : 0;
    }
    return before != '/';
  }

  /** Whether it is not. */
  public static boolean isNot(String below) {
    return !is(below);
  }

  private static boolean isPlain(String below, int at) {
    return PLAIN.get(below.charAt(at)) || isEscapeBeyondAscii(below, at);
  }

  /** Part of a character in UTF-8, which nobody takes for anything else. */
  private static boolean isEscapeBeyondAscii(String below, int at) {
    return UrlDecoding.isEscape(below, at) && Character.digit(below.charAt(at + 1), 16) >= 8;
  }
}
