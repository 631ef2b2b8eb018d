package dev.allim.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationReferenceTest {
  private static final Path PAGE = Path.of("src/docs/configuration.md");
  private static final Path KEYS = Path.of("src/main/resources").resolve(UnknownKeys.KNOWN);
  private static final String STALE =
      "%s is not what the sources say; run"
          + " './mvnw test -Dtest=ConfigurationReferenceTest -Dallim.reference.write=true' to regenerate"
          + " it";

  private static void requireCurrent(Path file, String content) throws IOException {
    if (Boolean.getBoolean("allim.reference.write")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
    }
    String written = Files.exists(file) ? Files.readString(file) : "";
    assertThat(written).as(STALE, file).isEqualTo(content);
  }

  @Test
  void thePageIsWhatTheSourcesSay() throws IOException {
    requireCurrent(PAGE, ConfigurationReference.read().markdown());
  }

  @Test
  void theProgramKnowsTheKeysOfThePage() throws IOException {
    requireCurrent(KEYS, ConfigurationReference.read().keys());
  }

  @Test
  void everySettingSaysWhy() throws IOException {
    assertThat(
            ConfigurationReference.read().markdown().lines().filter(line -> line.endsWith("|  |")))
        .isEmpty();
  }

  @Test
  void keysTypesAndDefaultsAreThoseOfTheMappings() throws IOException {
    assertThat(ConfigurationReference.read().markdown())
        .contains("| `allim.stream.max-age`<br>`ALLIM_STREAM_MAX_AGE` | duration | none | How long")
        .contains("| `allim.limits.body`<br>`ALLIM_LIMITS_BODY` | size | `1M` | Bytes of a request")
        .contains("`disconnect`, `skip`")
        .contains("`allim.drain.window`");
  }
}
