package dev.allim.mercure;

import dev.allim.http.route.UrlDecoding;
import dev.allim.text.InvalidFieldException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a query or a body in {@code application/x-www-form-urlencoded} says, read as the WHATWG URL
 * standard reads it (5.1): only {@code &} separates, {@code +} is a space, and a {@code %} before
 * anything but two hexadecimal digits is itself. Values are decoded when they are asked for, so
 * that what nobody asks for may be anything. Immutable.
 */
final class Form {
  /** More of the known ones than any limit lets through. */
  private static final int MOST = 4096;

  private static final int LONGEST_NAME = 64;

  private final List<Pair> pairs;

  /**
   * A field.
   *
   * @param raw its value as it was sent, a character a byte
   */
  private record Pair(String name, String raw) {}

  private Form(List<Pair> pairs) {
    this.pairs = List.copyOf(pairs);
  }

  /**
   * Reads a query as it stands in a request line.
   *
   * @param known names that are kept
   */
  static Form ofQuery(String raw, Predicate<String> known) {
    return of(raw.getBytes(StandardCharsets.ISO_8859_1), known);
  }

  /**
   * Reads a body.
   *
   * @param known names that are kept
   * @throws InvalidFieldException if it has more fields of these names than can be of use
   */
  static Form of(byte[] body, Predicate<String> known) {
    List<Pair> pairs = new ArrayList<>();
    for (int from = 0; from <= body.length; ) {
      int end = indexOf(body, '&', from, body.length);
      add(pairs, body, from, end, known);
      from = end + 1;
    }
    return new Form(pairs);
  }

  private static void add(
      List<Pair> pairs, byte[] body, int from, int end, Predicate<String> known) {
    int equals = indexOf(body, '=', from, end);
    if (from == end || equals - from > LONGEST_NAME) {
      return;
    }
    String name = new String(decode(body, from, equals), StandardCharsets.UTF_8);
    if (known.test(name)) {
      if (pairs.size() == MOST) {
        throw new InvalidFieldException(name, "there are more than %d fields".formatted(MOST));
      }
      int value = Math.min(equals + 1, end);
      pairs.add(new Pair(name, new String(body, value, end - value, StandardCharsets.ISO_8859_1)));
    }
  }

  private static int indexOf(byte[] body, char sought, int from, int end) {
    int at = from;
    while (at < end && body[at] != sought) {
      at++;
    }
    return at;
  }

  private static byte[] decode(byte[] raw, int from, int end) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(end - from);
    for (int i = from; i < end; i++) {
      int octet = i + 2 < end && raw[i] == '%' ? octet(raw[i + 1], raw[i + 2]) : -1;
      out.write(octet >= 0 ? octet : raw[i] == '+' ? ' ' : raw[i]);
      i += octet >= 0 ? 2 : 0;
    }
    return out.toByteArray();
  }

  /** -1 if these are no two hexadecimal digits. */
  private static int octet(byte high, byte low) {
    int digits = Character.digit(high, 16) << 4 | Character.digit(low, 16);
    return high < 0 || low < 0 ? -1 : digits;
  }

  /**
   * Refuses a body that is none.
   *
   * @throws InvalidFieldException if the request says that its body is something else
   */
  static void require(HttpServerRequest request) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    String plain = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!plain.equals(MediaType.APPLICATION_FORM_URLENCODED)) {
      throw new InvalidFieldException(
          HttpHeaders.CONTENT_TYPE, "the body has to be " + MediaType.APPLICATION_FORM_URLENCODED);
    }
  }

  /** All fields of this one, and then those of another. */
  Form and(Form other) {
    return new Form(Stream.concat(pairs.stream(), other.pairs.stream()).toList());
  }

  /** The names that are there, each as often as it is. */
  List<String> names() {
    return pairs.stream().map(Pair::name).toList();
  }

  /** Whether there is a field of this name, with whatever value. */
  boolean has(String name) {
    return names().contains(name);
  }

  /**
   * All values of a field, in order.
   *
   * @throws InvalidFieldException if one is not well-formed UTF-8
   */
  List<String> all(String name) {
    return pairs.stream().filter(pair -> pair.name().equals(name)).map(Form::text).toList();
  }

  /** The first value of a field, unless that is empty. */
  Optional<String> first(String name) {
    return all(name).stream().findFirst().filter(value -> !value.isEmpty());
  }

  private static String text(Pair pair) {
    byte[] value = pair.raw().getBytes(StandardCharsets.ISO_8859_1);
    return UrlDecoding.utf8(pair.name(), ByteBuffer.wrap(decode(value, 0, value.length)));
  }
}
