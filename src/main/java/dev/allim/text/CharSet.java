package dev.allim.text;

/**
 * A set of characters: of ASCII each by itself, of all others all or none. That is enough, as a URL
 * has none of the others once it is parsed. Immutable.
 *
 * @param low bits of the first 64 characters of ASCII
 * @param high bits of the other 64
 * @param others whether all that is not ASCII is in it
 */
public record CharSet(long low, long high, boolean others) {
  public static final CharSet NONE = new CharSet(0, 0, false);
  public static final CharSet ALL = NONE.not();
  public static final CharSet DIGITS = range('0', '9');
  public static final CharSet LETTERS = range('a', 'z').or(range('A', 'Z'));
  public static final CharSet ALPHANUMERIC = DIGITS.or(LETTERS);
  public static final CharSet HEX = DIGITS.or(range('a', 'f')).or(range('A', 'F'));

  /** Those of a text. */
  public static CharSet of(String characters) {
    CharSet all = NONE;
    for (int i = 0; i < characters.length(); i++) {
      all = all.or(range(characters.charAt(i), characters.charAt(i)));
    }
    return all;
  }

  /** All from one to another, both with it; beyond ASCII there is nothing that could be met. */
  public static CharSet range(int first, int last) {
    long low = 0;
    long high = 0;
    for (int c = first; c <= Math.min(last, 0x7F); c++) {
      low |= c < 64 ? 1L << c : 0;
      high |= c < 64 ? 0 : 1L << (c - 64);
    }
    return new CharSet(low, high, false);
  }

  public CharSet or(CharSet other) {
    return new CharSet(low | other.low, high | other.high, others || other.others);
  }

  public CharSet and(CharSet other) {
    return new CharSet(low & other.low, high & other.high, others && other.others);
  }

  public CharSet not() {
    return new CharSet(~low, ~high, !others);
  }

  public CharSet minus(CharSet other) {
    return and(other.not());
  }

  /** Whether a code unit, or a code point, is in it. */
  public boolean has(int c) {
    if (c < 64) {
      return (low >>> c & 1) != 0;
    }
    return c < 128 ? (high >>> (c - 64) & 1) != 0 : others;
  }
}
