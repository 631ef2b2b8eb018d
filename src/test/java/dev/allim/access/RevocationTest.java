package dev.allim.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.security.AccessToken;
import dev.allim.security.Grant;
import dev.allim.testing.HandClock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which tokens are taken back, one by one and among many. */
class RevocationTest {
  private static final Instant NOW = HandClock.START;

  private static AccessToken token(String issuer, String subject, String id, int madeAt) {
    return new AccessToken(
        issuer,
        Optional.of(subject).filter(some -> !some.isEmpty()),
        Optional.of(id).filter(some -> !some.isEmpty()),
        Optional.of(madeAt).filter(some -> some >= 0).map(NOW::plusSeconds),
        NOW.plusSeconds(1_000),
        Grant.NONE);
  }

  private static Revocation revoking(String issuer, String subject, String id, int before) {
    return new Revocation(
        Optional.of(issuer).filter(some -> !some.equals("*")),
        Optional.of(subject).filter(some -> !some.isEmpty()),
        Optional.of(id).filter(some -> !some.isEmpty()),
        Optional.of(before).filter(some -> some >= 0).map(NOW::plusSeconds));
  }

  private static void assertCovers(Revocation revocation, AccessToken token, boolean expected) {
    assertThat(revocation.covers(token)).isEqualTo(expected);
    assertThat(new RevocationIndex(List.of(revocation)).test(token)).isEqualTo(expected);
    Revocation again = Revocation.parse(revocation.text());
    assertThat(again).isEqualTo(revocation);
  }

  @Test
  void bySubject() {
    Revocation one = revoking("*", "a", "", -1);
    assertCovers(one, token("", "a", "", 5), true);
    assertCovers(one, token("other", "a", "x", -1), true);
    assertCovers(one, token("", "b", "a", 5), false);
    assertCovers(one, token("", "", "", 5), false);
  }

  @Test
  void byTheTokenItself() {
    Revocation one = revoking("*", "", "x", -1);
    assertCovers(one, token("", "a", "x", 5), true);
    assertCovers(one, token("", "x", "y", 5), false);
    assertCovers(one, token("", "x", "", 5), false);
  }

  @Test
  void byTheMomentWhenItWasMade() {
    Revocation one = revoking("*", "", "", 10);
    assertCovers(one, token("", "a", "x", 9), true);
    assertCovers(one, token("", "a", "x", 10), false);
    assertCovers(one, token("", "a", "x", -1), true);
  }

  @Test
  void allThatItSaysHasToHold() {
    Revocation one = revoking("i", "a", "", 10);
    assertCovers(one, token("i", "a", "", 9), true);
    assertCovers(one, token("i", "a", "", 10), false);
    assertCovers(one, token("j", "a", "", 9), false);
    assertCovers(one, token("i", "b", "", 9), false);
    assertCovers(revoking("", "", "x", -1), token("i", "", "x", 9), false);
    assertCovers(revoking("", "a", "x", -1), token("", "b", "x", 9), false);
  }

  @Test
  void amongManyEachCounts() {
    RevocationIndex index =
        new RevocationIndex(
            List.of(
                revoking("*", "a", "", 10),
                revoking("i", "a", "", 20),
                revoking("*", "", "x", -1),
                revoking("j", "", "", 30),
                revoking("j", "", "", 40),
                revoking("j", "", "", 20)));

    assertThat(index.test(token("i", "a", "", 15))).isTrue();
    assertThat(index.test(token("k", "a", "", 15))).isFalse();
    assertThat(index.test(token("k", "a", "x", 15))).isTrue();
    assertThat(index.test(token("j", "b", "", 35))).as("the furthest").isTrue();
    assertThat(index.test(token("j", "b", "", 40))).isFalse();
    assertThat(index.test(token("k", "b", "", -1))).isFalse();
  }
}
