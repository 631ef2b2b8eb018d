package dev.allim.urlpattern.url;

import dev.allim.text.CharSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Addresses as the host of a URL, written in the one way that the standard has for them. */
final class IpAddress {
  private static final int PIECES = 8;

  private IpAddress() {}

  /** Whether a host is an IPv4 address or nothing at all. */
  static boolean endsInNumber(String host) {
    if (!mayEndInNumber(host)) {
      return false;
    }
    List<String> parts = parts(host);
    String last = parts.get(parts.size() - 1);
    return !last.isEmpty()
        && (last.chars().allMatch(CharSet.DIGITS::has) || number(last).isPresent());
  }

  /** Most hosts do not even look like it. */
  private static boolean mayEndInNumber(String host) {
    int last = host.length() - (host.endsWith(".") ? 2 : 1);
    return last >= 0 && (CharSet.HEX.has(host.charAt(last)) || host.charAt(last) == 'x');
  }

  private static List<String> parts(String host) {
    List<String> parts = new ArrayList<>(List.of(host.split("[.]", -1)));
    if (parts.size() > 1 && parts.get(parts.size() - 1).isEmpty()) {
      parts.remove(parts.size() - 1);
    }
    return parts;
  }

  /** An IPv4 address in any of the ways in which numbers may be written. */
  static Optional<String> v4(String host) {
    List<String> parts = parts(host);
    if (parts.size() > 4) {
      return Optional.empty();
    }
    long address = 0;
    for (int i = 0; i < parts.size(); i++) {
      boolean isLast = i == parts.size() - 1;
      long room = isLast ? 1L << (8 * (4 - i)) : 1L << 8;
      Optional<Long> number = number(parts.get(i));
      if (number.isEmpty() || number.get() >= room) {
        return Optional.empty();
      }
      address += isLast ? number.get() : number.get() << (8 * (3 - i));
    }
    return Optional.of(dotted(address));
  }

  private static String dotted(long address) {
    return "%d.%d.%d.%d"
        .formatted(address >> 24 & 0xFF, address >> 16 & 0xFF, address >> 8 & 0xFF, address & 0xFF);
  }

  /** Decimal, octal behind 0 or hexadecimal behind 0x; what is far too large is so here, too. */
  private static Optional<Long> number(String text) {
    boolean isHex = text.startsWith("0x") || text.startsWith("0X");
    boolean isOctal = !isHex && text.length() > 1 && text.startsWith("0");
    int radix = isHex ? 16 : isOctal ? 8 : 10;
    String digits = isHex ? text.substring(2) : text;
    if (text.isEmpty()
        || !digits.chars().allMatch(c -> c < 0x80 && Character.digit(c, radix) >= 0)) {
      return Optional.empty();
    }
    String significant = digits.replaceFirst("^0+", "");
    if (significant.length() > 11) {
      return Optional.of(Long.MAX_VALUE);
    }
    return Optional.of(significant.isEmpty() ? 0L : Long.parseLong(significant, radix));
  }

  /** An IPv6 address without its brackets. */
  static Optional<String> v6(String text) {
    int gap = text.indexOf("::");
    Optional<List<Integer>> before = pieces(gap < 0 ? text : text.substring(0, gap), gap < 0);
    Optional<List<Integer>> behind = pieces(gap < 0 ? "" : text.substring(gap + 2), true);
    if (before.isEmpty() || behind.isEmpty()) {
      return Optional.empty();
    }
    List<Integer> all = new ArrayList<>(before.get());
    int missing = PIECES - all.size() - behind.get().size();
    if (gap < 0 ? missing != 0 : missing < 1) {
      return Optional.empty();
    }
    for (int i = 0; i < missing; i++) {
      all.add(0);
    }
    all.addAll(behind.get());
    return Optional.of(compressed(all));
  }

  private static Optional<List<Integer>> pieces(String text, boolean mayEndInV4) {
    List<Integer> pieces = new ArrayList<>();
    if (text.isEmpty()) {
      return Optional.of(pieces);
    }
    String[] parts = text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      boolean isV4 = mayEndInV4 && i == parts.length - 1 && parts[i].indexOf('.') >= 0;
      if (!(isV4 ? addV4(pieces, parts[i]) : addPiece(pieces, parts[i]))) {
        return Optional.empty();
      }
    }
    return Optional.of(pieces);
  }

  private static boolean addPiece(List<Integer> pieces, String part) {
    if (part.isEmpty() || part.length() > 4 || !part.chars().allMatch(CharSet.HEX::has)) {
      return false;
    }
    pieces.add(Integer.parseInt(part, 16));
    return true;
  }

  private static boolean addV4(List<Integer> pieces, String part) {
    String[] numbers = part.split("[.]", -1);
    int address = 0;
    for (String number : numbers) {
      boolean isPlain =
          number.length() >= 1
              && number.length() <= 3
              && number.chars().allMatch(CharSet.DIGITS::has)
              && (number.length() == 1 || number.charAt(0) != '0')
              && Integer.parseInt(number) <= 0xFF;
      if (!isPlain || numbers.length != 4) {
        return false;
      }
      address = address << 8 | Integer.parseInt(number);
    }
    pieces.add(address >>> 16);
    pieces.add(address & 0xFFFF);
    return true;
  }

  /** The first of the longest runs of zeros, if longer than one, is left out. */
  private static String compressed(List<Integer> pieces) {
    int start = -1;
    int longest = 1;
    for (int i = 0; i < PIECES; i++) {
      int end = i;
      while (end < PIECES && pieces.get(end) == 0) {
        end++;
      }
      if (end - i > longest) {
        start = i;
        longest = end - i;
      }
      i = Math.max(i, end - 1);
    }
    return start < 0
        ? joined(pieces)
        : joined(pieces.subList(0, start)) + "::" + joined(pieces.subList(start + longest, PIECES));
  }

  private static String joined(List<Integer> pieces) {
    return String.join(":", pieces.stream().map(Integer::toHexString).toList());
  }
}
