package dev.allim.http.route;

import dev.allim.text.InvalidFieldException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Strict reading of text from outside: percent-encoding (RFC 3986, 2.1) decoded once, and UTF-8.
 */
public final class UrlDecoding {
  private UrlDecoding() {}

  /**
   * A piece of a path.
   *
   * @throws InvalidFieldException in the name of {@code field} if it is badly encoded
   */
  public static String decodePath(String field, String raw) {
    return decode(field, raw, false);
  }

  /**
   * A piece of a query, where {@code +} is a space.
   *
   * @throws InvalidFieldException in the name of {@code field} if it is badly encoded
   */
  public static String decodeQuery(String field, String raw) {
    return decode(field, raw, true);
  }

  private static String decode(String field, String raw, boolean plusIsSpace) {
    return isPlain(raw) ? raw : decodeOctets(field, raw, plusIsSpace);
  }

  /** Nearly everything is, and that is seen sooner than it is decoded. */
  private static boolean isPlain(String raw) {
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%' || c == '+' || c >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static String decodeOctets(String field, String raw, boolean plusIsSpace) {
    byte[] in = octets(raw);
    ByteBuffer out = ByteBuffer.allocate(in.length);
    for (int i = 0; i < in.length; i++) {
      if (in[i] == '%') {
        out.put(octet(field, raw, i));
        i += 2;
      } else {
        out.put(plusIsSpace && in[i] == '+' ? (byte) ' ' : in[i]);
      }
    }
    return utf8(field, out.flip());
  }

  /** Whether a percent sign and two hexadecimal digits stand there. */
  static boolean isEscape(String raw, int at) {
    return at + 2 < raw.length()
        && raw.charAt(at) == '%'
        && isHex(raw.charAt(at + 1))
        && isHex(raw.charAt(at + 2));
  }

  private static boolean isHex(char c) {
    return c < 0x80 && Character.digit(c, 16) >= 0;
  }

  /** HTTP libraries read a request line as Latin-1; what curl writes unencoded is UTF-8. */
  private static byte[] octets(String raw) {
    return raw.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte octet(String field, String raw, int at) {
    if (!isEscape(raw, at)) {
      throw new InvalidFieldException(
          field, "%s: '%%' must be followed by two hexadecimal digits".formatted(field));
    }
    return (byte) Integer.parseInt(raw, at + 1, at + 3, 16);
  }

  /**
   * The text that {@code bytes} are.
   *
   * @throws InvalidFieldException in the name of {@code field} if they are not well-formed UTF-8
   */
  public static String utf8(String field, ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException malformed) {
      throw new InvalidFieldException(field, "%s must be well-formed UTF-8".formatted(field));
    }
  }
}
