package dev.allim.hub.settings;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What somebody reads whose setting cannot be. */
class BoundsTest {
  @Test
  void saysBetweenWhatItMayBe() {
    assertThatThrownBy(() -> Bounds.check("a.key", 11, 1, 10, "so it is"))
        .hasMessage("a.key is 11, but must be between 1 and 10: so it is");
    assertThatThrownBy(
            () ->
                Bounds.check(
                    "a.key",
                    Duration.ofMillis(500),
                    Duration.ofSeconds(1),
                    Duration.ofMinutes(1),
                    "so it is"))
        .hasMessage("a.key is 500ms, but must be between 1s and 60s: so it is");
  }

  @Test
  void namesNoUpperBoundWhereThereIsNone() {
    assertThatThrownBy(() -> Bounds.check("a.key", 1, 1000, Long.MAX_VALUE, "so it is"))
        .hasMessage("a.key is 1, but must be at least 1000: so it is");
  }
}
