package dev.allim.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When development starts a container: for the engine that needs one, and never by itself. */
class DevServicesTest {
  private static boolean starts(String profile, Map<String, String> properties) {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withProfile(profile)
            .withSources(new PropertiesConfigSource(ours(), "application.properties", 250))
            .withSources(new PropertiesConfigSource(properties, "of the command line", 400))
            .build();
    return config.getValue("quarkus.redis.devservices.enabled", Boolean.class);
  }

  private static Map<String, String> ours() {
    try (InputStream file = EventLogs.class.getResourceAsStream("/application.properties")) {
      Properties properties = new Properties();
      properties.load(file);
      return properties.stringPropertyNames().stream()
          .collect(Collectors.toMap(name -> name, properties::getProperty));
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  @Test
  void inDevelopmentTheEngineOnRedisGetsOne() {
    assertThat(starts("dev", Map.of("allim.history.engine", "redis"))).isTrue();
  }

  @Test
  void anyOtherStartsNothing() {
    assertThat(starts("dev", Map.of())).isFalse();
    assertThat(starts("dev", Map.of("allim.history.engine", "memory"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"prod", "test"})
  void nothingIsStartedOutsideOfDevelopment(String profile) {
    assertThat(starts(profile, Map.of("allim.history.engine", "redis"))).isFalse();
  }

  @Test
  void itCanBeSwitchedOff() {
    Map<String, String> off =
        Map.of(
            "allim.history.engine", "redis",
            "quarkus.redis.devservices.enabled", "false");

    assertThat(starts("dev", off)).isFalse();
  }
}
