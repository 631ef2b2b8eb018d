package dev.allim.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.log.append.SideRoom;
import dev.allim.log.memory.MemoryLog;
import dev.allim.security.AccessToken;
import dev.allim.security.AuthConfig;
import dev.allim.security.Grant;
import dev.allim.security.RevokedTokens;
import dev.allim.testing.HandClock;
import io.quarkus.runtime.StartupEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Revocations that are kept, of two programs that share a log. */
class RevocationsTest {
  private static final Duration LIFE = Duration.ofHours(1);

  private final HandClock clock = new HandClock();
  private final MemoryLog log = new MemoryLog(clock, 10, 1_000, SideRoom.USUAL);
  private final RevokedTokens revoked = new RevokedTokens();
  private final AtomicInteger reviews = new AtomicInteger();
  private final Revocations here = program(log, revoked);

  private record Settings(Duration longestLife, int most) implements AuthConfig.Revocations {}

  private Revocations program(MemoryLog itsLog, RevokedTokens itsRevoked) {
    Revocations program =
        new Revocations(
            itsLog,
            itsRevoked,
            reviews::incrementAndGet,
            new Settings(LIFE, 2),
            clock,
            Runnable::run);
    program.start(new StartupEvent());
    return program;
  }

  private static Revocation of(String subject) {
    return new Revocation(
        Optional.empty(), Optional.of(subject), Optional.empty(), Optional.empty());
  }

  private static AccessToken tokenOf(String subject) {
    return new AccessToken(
        "",
        Optional.of(subject),
        Optional.empty(),
        Optional.empty(),
        HandClock.START.plus(LIFE.multipliedBy(3)),
        Grant.NONE);
  }

  @Test
  void whatIsRevokedHereIsRefusedAndItsStreamsAreLookedAt() {
    int before = reviews.get();

    assertThat(here.revoke(of("a"))).isPresent();

    assertThat(revoked.includes(tokenOf("a"))).isTrue();
    assertThat(revoked.includes(tokenOf("b"))).isFalse();
    assertThat(reviews.get()).isGreaterThan(before);
  }

  @Test
  void itIsHeardElsewhereAndKnownToWhoStartsLater() {
    RevokedTokens there = new RevokedTokens();
    program(log, there);
    here.revoke(of("a"));
    RevokedTokens later = new RevokedTokens();
    program(log, later);

    assertThat(there.includes(tokenOf("a"))).isTrue();
    assertThat(later.includes(tokenOf("a"))).isTrue();
  }

  @Test
  void itIsForgottenAfterTheLongestLifeAndMakesRoom() {
    here.revoke(of("a"));
    here.revoke(of("b"));
    assertThat(here.revoke(of("c"))).as("no room").isEmpty();
    assertThat(revoked.includes(tokenOf("c"))).isFalse();
    assertThat(here.revoke(of("b"))).as("again").isPresent();
    clock.advance(LIFE.minusMillis(1));
    here.look();
    assertThat(revoked.includes(tokenOf("a"))).isTrue();

    clock.advance(Duration.ofMillis(1));
    here.look();

    assertThat(revoked.includes(tokenOf("a"))).isFalse();
    assertThat(here.all()).isEmpty();
    assertThat(here.revoke(of("c"))).isPresent();
  }

  @Test
  void oneThatComesAsAnotherGoesCounts() {
    here.revoke(of("a"));
    clock.advance(LIFE);

    here.revoke(of("b"));

    assertThat(revoked.includes(tokenOf("a"))).isFalse();
    assertThat(revoked.includes(tokenOf("b"))).isTrue();
  }
}
