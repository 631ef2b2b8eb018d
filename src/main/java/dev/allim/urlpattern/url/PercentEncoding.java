package dev.allim.urlpattern.url;

import dev.allim.text.CharSet;
import java.nio.charset.StandardCharsets;

/** Which characters are written as {@code %XX} in which part of a URL. */
public final class PercentEncoding {
  private static final CharSet CONTROL =
      CharSet.range(0, 0x1F).or(CharSet.range(0x7F, 0x7F)).or(new CharSet(0, 0, true));

  public static final PercentEncoding OPAQUE = new PercentEncoding(CONTROL);
  public static final PercentEncoding FRAGMENT = OPAQUE.and(" \"<>`");
  static final PercentEncoding QUERY = OPAQUE.and(" \"#<>");
  public static final PercentEncoding SPECIAL_QUERY = QUERY.and("'");
  static final PercentEncoding PATH = QUERY.and("?^`{}");
  public static final PercentEncoding USERINFO = PATH.and("/:;=@[\\]|");

  private static final char[] DIGITS = "0123456789ABCDEF".toCharArray();

  private final CharSet encoded;

  private PercentEncoding(CharSet encoded) {
    this.encoded = encoded;
  }

  private PercentEncoding and(String more) {
    return new PercentEncoding(encoded.or(CharSet.of(more)));
  }

  /** The text with these written so, as UTF-8; what is written so already is left alone. */
  public String encode(String text) {
    int first = 0;
    while (first < text.length() && !encoded.has(text.charAt(first))) {
      first++;
    }
    return first == text.length() ? text : encodeFrom(text, first);
  }

  private String encodeFrom(String text, int first) {
    StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, first);
    int at = first;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      int end = at + Character.charCount(c);
      if (encoded.has(c)) {
        append(out, text.substring(at, end));
      } else {
        out.appendCodePoint(c);
      }
      at = end;
    }
    return out.toString();
  }

  private static void append(StringBuilder out, String character) {
    for (byte b : character.getBytes(StandardCharsets.UTF_8)) {
      out.append('%').append(DIGITS[b >> 4 & 0xF]).append(DIGITS[b & 0xF]);
    }
  }

  /** The text that {@code %XX} stand for, read as UTF-8. */
  static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] from = text.getBytes(StandardCharsets.UTF_8);
    byte[] to = new byte[from.length];
    int length = 0;
    for (int i = 0; i < from.length; i++) {
      boolean isEncoded =
          from[i] == '%' && i + 2 < from.length && isHex(from[i + 1]) && isHex(from[i + 2]);
      to[length++] = isEncoded ? (byte) (hex(from[i + 1]) << 4 | hex(from[i + 2])) : from[i];
      i += isEncoded ? 2 : 0;
    }
    return new String(to, 0, length, StandardCharsets.UTF_8);
  }

  private static boolean isHex(byte b) {
    return b >= 0 && CharSet.HEX.has(b);
  }

  private static int hex(byte b) {
    return Character.digit((char) b, 16);
  }

  /** The text as Unicode scalar values: halves of surrogate pairs are replaced. */
  public static String scalar(String text) {
    if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.getType(c) == Character.SURROGATE ? 0xFFFD : c)
        .forEach(out::appendCodePoint);
    return out.toString();
  }
}
