package dev.allim.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells whether two publishes are the same. */
public final class Fingerprint {
  private Fingerprint() {}

  /** SHA-256 of {@code text}, in hexadecimal digits. */
  public static String of(String text) {
    return of(text, new byte[0]);
  }

  /** SHA-256 of {@code head} and {@code body}, in hexadecimal digits. */
  public static String of(String head, byte[] body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(head.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) '\n');
      return HexFormat.of().formatHex(digest.digest(body));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java platform has SHA-256", impossible);
    }
  }
}
