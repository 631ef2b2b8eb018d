package dev.allim.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.allim.log.LogEngine;
import dev.allim.log.LogUnavailableException;
import dev.allim.log.retention.Retention;
import dev.allim.log.retention.RetentionRule;
import dev.allim.log.sqlite.file.Durability;
import dev.allim.topic.TopicMatcher;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryConfigTest {
  private static HistoryConfig config(Map<String, String> properties) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withMapping(HistoryConfig.class)
        .withSources(new PropertiesConfigSource(properties, "test", 100))
        .build()
        .getConfigMapping(HistoryConfig.class);
  }

  @Test
  void withoutConfigurationItIsOneFileOnDiskForSevenDaysAndOneGigabyte() {
    HistoryConfig config = config(Map.of());

    assertThat(config.enabled()).isTrue();
    assertThat(config.path()).isEqualTo(Path.of("data/allim.db"));
    assertThat(config.durability()).isEqualTo(Durability.DISK);
    assertThat(config.sweepEvery()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.pause()).isEqualTo(Duration.ofNanos(300_000));
    assertThat(config.keep().maxBytes()).isEqualTo(1L << 30);
    assertThat(config.keep().rules())
        .containsExactly(RetentionRule.age(new TopicMatcher.Unrestricted(), Duration.ofDays(7)));
  }

  @Test
  void onlyWhereACommitWaitsForADiskDoesTheNextWaitForOthers() {
    assertThat(config(Map.of("allim.history.enabled", "false")).pause()).isZero();
    assertThat(config(Map.of("allim.history.engine", "redis")).pause()).isZero();
    assertThat(config(Map.of("allim.history.commit-delay", "0")).pause()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1ms", "101ms", "10m"})
  void aWaitThatPublishersWouldNotUnderstandIsRefused(String delay) {
    HistoryConfig config = config(Map.of("allim.history.commit-delay", delay));

    assertThatIllegalArgumentException()
        .isThrownBy(config::pause)
        .withMessageContaining("allim.history.commit-delay")
        .withMessageContaining("between 0s and 100ms");
  }

  @Test
  void rulesStandInTheirOrderBeforeTheOneForAllTheRest() {
    HistoryConfig config =
        config(
            Map.of(
                "allim.history.max-age", "1h",
                "allim.history.retention[0].topic", "audit/{+rest}",
                "allim.history.retention[0].max-age", "365d",
                "allim.history.retention[1].topic", "prices",
                "allim.history.retention[1].max-count", "1000",
                "allim.history.retention[1].max-size", "1M"));

    assertThat(config.keep().rules())
        .containsExactly(
            RetentionRule.age(TopicMatcher.parse("audit/{+rest}"), Duration.ofDays(365)),
            new RetentionRule(
                TopicMatcher.parse("prices"),
                Optional.empty(),
                OptionalLong.of(1000),
                OptionalLong.of(1 << 20)),
            RetentionRule.age(new TopicMatcher.Unrestricted(), Duration.ofHours(1)));
  }

  @Test
  void anEmptyAgeIsNoLimit() {
    assertThat(config(Map.of("allim.history.max-age", "")).keep().rules()).isEmpty();
  }

  @Test
  void whatIsSwitchedOffIsInMemoryWhateverTheEngine() {
    Map<String, String> off =
        Map.of("allim.history.engine", "redis", "allim.history.enabled", "false");

    assertThat(config(off).keptBy()).isEqualTo(HistoryEngine.MEMORY);
    assertThat(config(Map.of()).keptBy()).isEqualTo(HistoryEngine.SQLITE);
  }

  @Test
  void redisHasToBeConfigured() {
    HistoryConfig redis = config(Map.of("allim.history.engine", "redis"));

    assertThatExceptionOfType(LogUnavailableException.class)
        .isThrownBy(() -> EventLogs.open(redis, Clock.systemUTC(), Optional::empty))
        .withMessageContaining("quarkus.redis.hosts");
  }

  @Test
  void opensAFileOrMemoryAsAskedFor(@TempDir Path directory) {
    Path path = directory.resolve("x/allim.db");
    HistoryConfig onDisk = config(Map.of("allim.history.path", path.toString()));
    HistoryConfig inMemory = config(Map.of("allim.history.enabled", "false"));

    try (LogEngine file = EventLogs.open(onDisk, Clock.systemUTC(), Optional::empty);
        LogEngine memory = EventLogs.open(inMemory, Clock.systemUTC(), Optional::empty)) {
      assertThat(file.durable()).isTrue();
      assertThat(path).exists();
      assertThat(memory.durable()).isFalse();
    }
  }

  @Test
  void refusesLimitsThatMakeNoSense() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RetentionRule.count(new TopicMatcher.Unrestricted(), -1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Retention(List.of(), 0));
  }
}
