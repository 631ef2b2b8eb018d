package dev.allim.log.redis;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.allim.log.LogUnavailableException;
import dev.allim.log.append.SideRoom;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be kept is refused at the start, by its key. */
class RedisSettingsTest {
  private static RedisSettings settings(
      String name, int minReplicas, Duration patience, Duration grace) {
    return new RedisSettings(
        name,
        Optional.empty(),
        OptionalLong.empty(),
        Long.MAX_VALUE,
        SideRoom.USUAL,
        minReplicas,
        patience,
        grace);
  }

  @Test
  void theLeastOfEachIsTaken() {
    assertThatCode(() -> settings("a", 0, Duration.ofMillis(2), Duration.ZERO))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{a}", "a}b"})
  void aNameThatWouldNotKeepTheKeysInOneSlotIsRefused(String name) {
    assertThatExceptionOfType(LogUnavailableException.class)
        .isThrownBy(() -> settings(name, 0, Duration.ofSeconds(2), Duration.ZERO))
        .withMessageContaining("allim.history.redis.name");
  }

  /** Redis waits for ever where it is told 0. */
  @ParameterizedTest
  @CsvSource({
    "-1, PT2S, PT0S, min-replicas",
    "0, PT0S, PT0S, patience",
    "0, PT0.001S, PT0S, patience",
    "0, PT2S, PT-1S, grace"
  })
  void aNumberThatMeansNothingIsRefused(
      int minReplicas, Duration patience, Duration grace, String key) {
    assertThatExceptionOfType(LogUnavailableException.class)
        .isThrownBy(() -> settings("a", minReplicas, patience, grace))
        .withMessageContaining("allim.history.redis." + key);
  }
}
