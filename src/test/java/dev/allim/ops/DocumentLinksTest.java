package dev.allim.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever follows a link in what is written about the hub arrives. */
class DocumentLinksTest {
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*|#.*");

  @Test
  void everyRelativeLinkLeadsToAFile() throws IOException {
    List<String> links = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    for (Path document : documents()) {
      Matcher link = LINK.matcher(Files.readString(document));
      while (link.find()) {
        if (!ELSEWHERE.matcher(link.group(1)).matches()) {
          links.add(link.group(1));
          if (!Files.exists(document.resolveSibling(link.group(1).split("#", 2)[0]))) {
            broken.add(document + ": " + link.group(1));
          }
        }
      }
    }
    assertThat(links).as("links that were found").hasSizeGreaterThan(20);
    assertThat(broken).isEmpty();
  }

  private static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>(List.of(Path.of("README.md").toAbsolutePath()));
    for (String directory : List.of("src/docs", "docker")) {
      try (Stream<Path> files = Files.walk(Path.of(directory).toAbsolutePath())) {
        files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
      }
    }
    return documents;
  }
}
