package dev.allim.log.redis;

import dev.allim.notification.EventId;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.OptionalLong;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The ids that the hub makes in a shared log: each is the position of its notification, sealed, in
 * the form of those that {@link EventId#isMadeByHub the hub makes}. Whoever has the key of the log
 * opens them, so no table is needed; to anybody else they are random, tell nothing of the order,
 * and cannot be made.
 *
 * <p>Of the 122 bits that a UUID leaves 62 are a tag of the position (HMAC-SHA-256), and 60 the
 * position itself, hidden by a pad that comes from the tag: a synthetic initialization vector, as
 * RFC 5297 has it. The same position has the same id each time. Safe for any thread.
 */
final class SealedIds {
  private static final String HMAC = "HmacSHA256";
  private static final String PREFIX = "urn:uuid:";
  private static final long VERSION_8 = 0x8000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final long TAG_MASK = 0x3FFF_FFFF_FFFF_FFFFL;
  private static final long POSITION_MASK = 0x0FFF_FFFF_FFFF_FFFFL;

  /** Behind the four bits of the version. */
  private static final int LOW_BITS = 12;

  private static final long LOW_MASK = (1 << LOW_BITS) - 1;

  private static final byte OF_THE_TAG = 1;
  private static final byte OF_THE_PAD = 2;

  private final Mac mac;

  /** Those of the log with this key, which seals other things as well. */
  SealedIds(byte[] key) {
    try {
      Mac derives = Mac.getInstance(HMAC);
      derives.init(new SecretKeySpec(key, HMAC));
      mac = Mac.getInstance(HMAC);
      mac.init(
          new SecretKeySpec(
              derives.doFinal(PREFIX.getBytes(java.nio.charset.StandardCharsets.US_ASCII)), HMAC));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has " + HMAC, impossible);
    }
  }

  /** The id of what stands there, from 0 to 2<sup>60</sup>-1. */
  EventId seal(long position) {
    long tag = number(OF_THE_TAG, position) & TAG_MASK;
    long hidden = (position ^ number(OF_THE_PAD, tag)) & POSITION_MASK;
    long high = (hidden >>> LOW_BITS) << 16 | VERSION_8 | (hidden & LOW_MASK);
    return new EventId(PREFIX + new UUID(high, VARIANT | tag));
  }

  /** The position of what has this id; absent if it is none of this log's. */
  OptionalLong open(EventId id) {
    if (!id.isMadeByHub()) {
      return OptionalLong.empty();
    }
    try {
      return open(UUID.fromString(id.value().substring(PREFIX.length())), id);
    } catch (IllegalArgumentException malformed) {
      return OptionalLong.empty();
    }
  }

  private OptionalLong open(UUID uuid, EventId id) {
    long tag = uuid.getLeastSignificantBits() & TAG_MASK;
    long high = uuid.getMostSignificantBits();
    long hidden = (high >>> 16) << LOW_BITS | (high & LOW_MASK);
    long position = (hidden ^ number(OF_THE_PAD, tag)) & POSITION_MASK;
    return seal(position).equals(id) ? OptionalLong.of(position) : OptionalLong.empty();
  }

  private long number(byte what, long of) {
    ByteBuffer bytes = ByteBuffer.allocate(1 + Long.BYTES).put(what).putLong(of);
    return ByteBuffer.wrap(copy().doFinal(bytes.array())).getLong();
  }

  /** One of them is for one thread at a time. */
  private Mac copy() {
    try {
      return (Mac) mac.clone();
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException("the one of every JDK can be copied", impossible);
    }
  }
}
