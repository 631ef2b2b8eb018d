package dev.allim.bench.cases;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens that a hub with {@link #SETTINGS} takes. */
final class Mint {
  private static final String SECRET = "a-secret-of-the-benchmarks-and-of-nobody-else";

  /** Public things may be published without a token, too. */
  static final Map<String, String> SETTINGS =
      Map.of("allim.auth.secret", SECRET, "allim.publish.open", "true");

  private Mint() {}

  /** A header with a token for {@code subject}, good for an hour. */
  static String bearer(String subject, String grants) {
    long expires = Instant.now().plus(Duration.ofHours(1)).getEpochSecond();
    String signed =
        encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}")
            + "."
            + encode(
                "{\"sub\":\"%s\",\"exp\":%d,\"allim\":%s}".formatted(subject, expires, grants));
    return "Authorization: Bearer " + signed + "." + signature(signed);
  }

  private static String encode(String text) {
    return encode(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String signature(String signed) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return encode(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
