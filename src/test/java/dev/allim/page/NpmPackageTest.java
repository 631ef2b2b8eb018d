package dev.allim.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.allim.testing.Requires;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What would be published to npm, tried in a copy, as packing copies files to where it is done. */
class NpmPackageTest {
  private static final Path CLIENT = Path.of("src", "client");
  private static final Path RESOURCES =
      Path.of("src", "main", "resources", "META-INF", "resources");

  @TempDir Path copy;

  @BeforeEach
  void copyIt() throws IOException {
    Files.createDirectories(copy.resolve(CLIENT));
    Files.createDirectories(copy.resolve(RESOURCES));
    for (Path file :
        List.of(
            CLIENT.resolve("package.json"),
            CLIENT.resolve("README.md"),
            RESOURCES.resolve("allim.js"),
            RESOURCES.resolve("allim.d.ts"))) {
      Files.copy(file, copy.resolve(file));
    }
  }

  private String run(String program, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Requires.program(program).toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(copy.resolve(CLIENT).toFile())
            .redirectError(copy.resolve("said").toFile())
            .start();
    String answer = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(copy.resolve("said"))).isZero();
    return answer;
  }

  @Test
  void itHoldsTheModuleItsTypesAndWhatItIs() throws IOException, InterruptedException {
    String answer = run("npm", "pack", "--dry-run", "--json", "--offline");

    JsonNode packed = new ObjectMapper().readTree(answer.substring(answer.indexOf('['))).get(0);
    assertThat(packed.path("name").asText()).isEqualTo("allim");
    assertThat(packed.path("files"))
        .extracting(file -> file.path("path").asText())
        .containsExactlyInAnyOrder("README.md", "allim.d.ts", "allim.js", "package.json");
  }

  @Test
  void itCanBeImportedWhereThereIsNoPage() throws IOException, InterruptedException {
    run("npm", "pack", "--offline", "--json");

    String answer =
        run(
            "node",
            "--input-type=module",
            "-e",
            "const { connect } = await import('./allim.js'); console.log(typeof connect)");

    assertThat(answer.strip()).isEqualTo("function");
  }
}
