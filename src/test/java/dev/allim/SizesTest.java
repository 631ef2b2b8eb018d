package dev.allim;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What has grown past these sizes holds two ideas. */
class SizesTest {
  private static final int LINES = 300;
  private static final int FILES = 25;

  private static List<Path> sources(String... roots) throws IOException {
    List<Path> all = new ArrayList<>();
    for (String root : roots) {
      try (Stream<Path> files = Files.walk(Path.of(root, "java/dev/allim"))) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(all::add);
      }
    }
    return all;
  }

  @Test
  void noFileIsLong() throws IOException {
    for (Path file : sources("src/main", "src/test")) {
      assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(LINES);
    }
  }

  @Test
  void noPackageIsCrowded() throws IOException {
    Path root = Path.of("src/main/java/dev/allim");
    Map<String, Long> files =
        sources("src/main").stream()
            .collect(
                groupingBy(
                    file -> root.relativize(file.getParent()).toString().replace('\\', '/'),
                    counting()));
    assertThat(files)
        .allSatisfy((name, count) -> assertThat(count).as(name).isLessThanOrEqualTo(FILES));
  }
}
