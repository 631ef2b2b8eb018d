package dev.allim.api;

import dev.allim.notification.InvalidFieldException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Strict reading of text from outside: percent-encoding (RFC 3986, 2.1) decoded once, and UTF-8.
 */
final class Percent {
  private Percent() {}

  /** A piece of a path. */
  static String decodePath(String field, String raw) {
    return decode(field, raw, false);
  }

  /** A piece of a query, where {@code +} is a space. */
  static String decodeQuery(String field, String raw) {
    return decode(field, raw, true);
  }

  private static String decode(String field, String raw, boolean plusIsSpace) {
    byte[] in = raw.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(in.length);
    for (int i = 0; i < in.length; i++) {
      if (in[i] == '%') {
        out.put(octet(field, in, i));
        i += 2;
      } else {
        out.put(plusIsSpace && in[i] == '+' ? (byte) ' ' : in[i]);
      }
    }
    return utf8(field, out.flip());
  }

  private static byte octet(String field, byte[] in, int at) {
    int high = at + 2 < in.length ? Character.digit(in[at + 1], 16) : -1;
    int low = at + 2 < in.length ? Character.digit(in[at + 2], 16) : -1;
    if (high < 0 || low < 0) {
      throw new InvalidFieldException(
          field, "%s: '%%' must be followed by two hexadecimal digits".formatted(field));
    }
    return (byte) (high << 4 | low);
  }

  /** The text that {@code bytes} are, which must be well-formed UTF-8. */
  static String utf8(String field, ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException malformed) {
      throw new InvalidFieldException(field, "%s must be well-formed UTF-8".formatted(field));
    }
  }
}
