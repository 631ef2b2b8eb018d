package dev.allim.bench.load;

import java.nio.ByteBuffer;

/**
 * Finds the marks in one reader's stream. A mark is {@code @}, ten digits and {@code ~}: the number
 * of the event. Nothing else in a stream holds an {@code @}. It looks at eight bytes at a time and
 * makes no objects; a mark may be cut anywhere by the end of a read.
 */
final class Marks {
  static final int DIGITS = 10;
  private static final byte BEGIN = '@';
  private static final byte END = '~';
  private static final int NONE = -1;
  private static final long EACH_BYTE = 0x0101010101010101L;
  private static final long EACH_HIGH_BIT = 0x8080808080808080L;
  private static final long EACH_BEGIN = EACH_BYTE * BEGIN;

  private int digitsSeen = NONE;
  private long number;

  /** Writes the mark of event {@code number} at {@code at}. */
  static void write(ByteBuffer out, int at, long number) {
    out.put(at, BEGIN);
    long left = number;
    for (int i = DIGITS; i >= 1; i--) {
      out.put(at + i, (byte) ('0' + left % 10));
      left /= 10;
    }
    out.put(at + DIGITS + 1, END);
  }

  /** Tells {@code tally} of every mark that ends in {@code in}, a little-endian buffer. */
  void scan(ByteBuffer in, Tally tally, long now) {
    int at = digitsSeen == NONE ? in.position() : number(in, in.position(), tally, now);
    for (at = begin(in, at); at < in.limit(); at = begin(in, at)) {
      digitsSeen = 0;
      number = 0;
      at = number(in, at + 1, tally, now);
    }
  }

  private static int begin(ByteBuffer in, int from) {
    int at = from;
    for (int last = in.limit() - Long.BYTES; at <= last; at += Long.BYTES) {
      long other = in.getLong(at) ^ EACH_BEGIN;
      long zeroes = (other - EACH_BYTE) & ~other & EACH_HIGH_BIT;
      if (zeroes != 0) {
        return at + Long.numberOfTrailingZeros(zeroes) / Byte.SIZE;
      }
    }
    while (at < in.limit() && in.get(at) != BEGIN) {
      at++;
    }
    return at;
  }

  private int number(ByteBuffer in, int from, Tally tally, long now) {
    int at = from;
    int seen = digitsSeen;
    long value = number;
    for (; at < in.limit() && seen < DIGITS; at++, seen++) {
      value = value * 10 + (in.get(at) - '0');
    }
    digitsSeen = seen;
    number = value;
    return at < in.limit() ? end(in, at, tally, now) : at;
  }

  private int end(ByteBuffer in, int at, Tally tally, long now) {
    if (in.get(at) != END) {
      throw new IllegalStateException("The stream is out of step: a mark without its end");
    }
    digitsSeen = NONE;
    tally.delivered(number, now);
    return at + 1;
  }
}
