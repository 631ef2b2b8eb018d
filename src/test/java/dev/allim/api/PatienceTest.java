package dev.allim.api;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.allim.http.problem.ProblemException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The history is searched for as long as somebody waits for it, and not for ever. */
class PatienceTest {
  private final AtomicBoolean gone = new AtomicBoolean();
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final Patience patience = new Patience(gone::get, now::get, now.get() + 10);

  @Test
  void lastsUntilItsTimeIsOver() {
    now.addAndGet(9);
    assertThatNoException().isThrownBy(patience::requireMore);
    now.addAndGet(1);
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(patience::requireMore)
        .withMessageContaining("takes too long");
  }

  @Test
  void endsWithItsClient() {
    gone.set(true);
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(patience::requireMore)
        .withMessageContaining("gone");
  }
}
