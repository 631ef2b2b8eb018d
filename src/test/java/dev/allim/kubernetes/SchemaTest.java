package dev.allim.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.Requires;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The manifests against the schemas that API servers publish, the oldest that is supported and the
 * newest known. Kinds that are not the API's own (Gateway API, Prometheus operator) have none
 * there; {@link KubernetesTest} reads them.
 */
class SchemaTest {
  private static final List<String> VERSIONS = List.of("1.30", "1.37");

  static Stream<Arguments> everyRenderingInEveryVersion() {
    return KubernetesTest.everyRendering()
        .flatMap(file -> VERSIONS.stream().map(version -> Arguments.of(file, version)));
  }

  private record Verdict(int exitCode, String output) {}

  private static Verdict validate(Path file, String version)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Requires.program("kubernetes-validate").toString(),
                "--strict",
                "--kubernetes-version",
                version,
                file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Verdict(process.waitFor(), output);
  }

  @ParameterizedTest
  @MethodSource("everyRenderingInEveryVersion")
  void everyObjectIsAsItsSchemaSays(Path file, String version) throws Exception {
    Verdict verdict = validate(file, version);

    assertThat(verdict.exitCode()).as(verdict.output()).isZero();
    assertThat(verdict.output()).contains("passed for resource deployment/allim");
  }

  @Test
  void whatIsNotWouldBeNoticed(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("wrong.yaml");
    Files.writeString(
        file, Files.readString(KubernetesTest.SINGLE).replace("replicas: 1", "replicas: one"));

    assertThat(validate(file, "1.37").exitCode()).isNotZero();
  }
}
