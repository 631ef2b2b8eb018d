package dev.allim.log;

import dev.allim.notification.EventId;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The ids of places in one log, which a subscriber goes on behind that has no id of a notification.
 * Each is the position, encrypted and authenticated (AES-GCM): clients can neither read it nor make
 * one, and two ids of the same place do not look alike, so that comparing them tells nothing of
 * what others publish. Whoever has the log's key opens them: every program that shares the log, now
 * and after a restart. Safe for any thread.
 */
public final class Places {
  /** Bytes of a key. */
  public static final int KEY_BYTES = 16;

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 96;
  private static final int SEALED_BYTES = NONCE_BYTES + Long.BYTES + TAG_BITS / Byte.SIZE;

  private final SecretKeySpec key;
  private final RandomGenerator random;

  /**
   * The places of the log with this key.
   *
   * @param key of 16 bytes, made with the log and kept with it
   * @param random never gives the same twice, whatever program it is in
   */
  public Places(byte[] key, RandomGenerator random) {
    this.key = new SecretKeySpec(key, "AES");
    this.random = random;
  }

  /** A new id of the place right behind {@code position}. */
  public EventId seal(long position) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, nonce)
              .doFinal(ByteBuffer.allocate(Long.BYTES).putLong(position).array());
      byte[] token = ByteBuffer.allocate(SEALED_BYTES).put(nonce).put(sealed).array();
      return new EventId(
          EventId.PLACE + Base64.getUrlEncoder().withoutPadding().encodeToString(token));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has AES-GCM", impossible);
    }
  }

  /** The position that this is a place behind; absent if it is none of this log's. */
  public OptionalLong open(EventId id) {
    if (!id.isPlace()) {
      return OptionalLong.empty();
    }
    try {
      byte[] token = Base64.getUrlDecoder().decode(id.value().substring(EventId.PLACE.length()));
      return token.length == SEALED_BYTES ? open(token) : OptionalLong.empty();
    } catch (IllegalArgumentException | GeneralSecurityException notOurs) {
      return OptionalLong.empty();
    }
  }

  private OptionalLong open(byte[] token) throws GeneralSecurityException {
    byte[] nonce = java.util.Arrays.copyOf(token, NONCE_BYTES);
    byte[] position =
        cipher(Cipher.DECRYPT_MODE, nonce).doFinal(token, NONCE_BYTES, token.length - NONCE_BYTES);
    return OptionalLong.of(ByteBuffer.wrap(position).getLong());
  }

  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }
}
