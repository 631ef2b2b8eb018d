package dev.allim.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is generated and committed is what {@code src/main/kustomize/render} makes today. */
class RenderingTest {
  private static final Path KUSTOMIZE = Path.of("src/main/kustomize");
  private static final Path ALERTS = Path.of("docker/prometheus/alerts.yaml");

  @ParameterizedTest
  @CsvSource({
    "single,  src/main/kustomize/allim.yaml",
    "ingress, src/test/resources/kustomize/ingress.yaml",
    "gateway, src/test/resources/kustomize/gateway.yaml",
    "scaled,  src/test/resources/kustomize/scaled.yaml"
  })
  void theCommittedRenderingIsCurrent(String overlay, Path committed) throws Exception {
    String rendered = rendered(KUSTOMIZE.resolve("overlays").resolve(overlay));

    assertThat(withoutComments(Files.readString(committed)))
        .as("run src/main/kustomize/render")
        .isEqualTo(rendered);
  }

  @Test
  void theOperatorsRulesAreThoseOfCompose() throws IOException {
    if (!Files.exists(ALERTS)) {
      skip(ALERTS + " does not exist.");
    }
    YAMLMapper yaml = new YAMLMapper();

    assertThat(
            yaml.readTree(KUSTOMIZE.resolve("components/monitoring/rules.yaml").toFile())
                .get("spec"))
        .as("run src/main/kustomize/render")
        .isEqualTo(yaml.readTree(ALERTS.toFile()));
  }

  private static String rendered(Path overlay) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Stream.concat(renderer().stream(), Stream.of(overlay.toString())).toList())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return output;
  }

  private static List<String> renderer() {
    if (onPath("kustomize")) {
      return List.of("kustomize", "build");
    }
    if (!onPath("kubectl")) {
      skip("neither kustomize nor kubectl is installed: what is committed may be out of date.");
    }
    return List.of("kubectl", "kustomize");
  }

  private static boolean onPath(String program) {
    return Stream.of(
            Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  private static String withoutComments(String yaml) {
    return yaml.replaceAll("(?m)\\A(#.*\\R)+", "");
  }

  private static void skip(String reason) {
    System.out.println("SKIPPED RenderingTest: " + reason);
    if ("true".equals(System.getenv("ALLIM_REQUIRE_ALL"))) {
      fail(reason);
    }
    Assumptions.abort(reason);
  }
}
