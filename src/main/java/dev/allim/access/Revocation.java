package dev.allim.access;

import dev.allim.security.AccessToken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes tokens back: those of which all holds that it says. One that says nothing would take back
 * every token.
 *
 * @param issuer who made them, by the name in the configuration; empty for {@code
 *     allim.auth.secret}
 * @param subject whose they are ({@code sub})
 * @param tokenId the token itself ({@code jti})
 * @param before those made before; one that does not say when it was made ({@code iat}) was
 */
record Revocation(
    Optional<String> issuer,
    Optional<String> subject,
    Optional<String> tokenId,
    Optional<Instant> before) {
  private static final String BETWEEN = "\n";

  /** Whether it takes this one back. */
  boolean covers(AccessToken token) {
    return issuer.map(token.issuer()::equals).orElse(true)
        && (subject.isEmpty() || subject.equals(token.subject()))
        && (tokenId.isEmpty() || tokenId.equals(token.id()))
        && before.map(end -> isBefore(token, end)).orElse(true);
  }

  private static boolean isBefore(AccessToken token, Instant end) {
    return token.issued().map(made -> made.isBefore(end)).orElse(true);
  }

  // ---- as it is kept: a line for each thing it says, which begins with a letter for what that is

  /** As {@link #parse} reads it. */
  String text() {
    List<String> lines = new ArrayList<>();
    issuer.ifPresent(name -> lines.add("i" + name));
    subject.ifPresent(name -> lines.add("s" + name));
    tokenId.ifPresent(id -> lines.add("j" + id));
    before.ifPresent(end -> lines.add("b" + end.toEpochMilli()));
    return String.join(BETWEEN, lines);
  }

  /** What a newer program may have said besides is left out: rather too much is revoked. */
  static Revocation parse(String text) {
    List<String> lines = List.of(text.split(BETWEEN));
    return new Revocation(
        line(lines, 'i'),
        line(lines, 's'),
        line(lines, 'j'),
        line(lines, 'b').map(millis -> Instant.ofEpochMilli(Long.parseLong(millis))));
  }

  private static Optional<String> line(List<String> lines, char kind) {
    return lines.stream()
        .filter(line -> !line.isEmpty() && line.charAt(0) == kind)
        .map(line -> line.substring(1))
        .findFirst();
  }
}
