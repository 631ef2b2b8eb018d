package dev.allim.http.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every kind of problem is explained where its address leads, and in the documents, alike. */
class ProblemTypeTest {
  private static final Path DOCUMENT = Path.of("src/docs/problems.md");
  private static final Path PAGE =
      Path.of("src/main/resources/META-INF/resources" + ProblemType.PAGE);

  private static final Pattern ON_PAGE =
      Pattern.compile(
          "<section id=\"([^\"]*)\">\\s*<h2>([^<]*)</h2>\\s*<p [^>]*>(\\d+) .*?</p>\\s*<p>(.*?)</p>",
          Pattern.DOTALL);
  private static final Pattern IN_DOCUMENT =
      Pattern.compile("## (\\S+)\n\n(\\d+)\\. ([^\n]*)\\.\n\n(.*?)\n(?:\n|$)", Pattern.DOTALL);

  /** What is said of one: where, which status, what it is, and what to do. */
  private record Said(String anchor, String status, String title, String words) {}

  private static List<Said> onPage() throws IOException {
    return ON_PAGE
        .matcher(Files.readString(PAGE))
        .results()
        .map(
            found ->
                new Said(found.group(1), found.group(3), found.group(2), plain(found.group(4))))
        .toList();
  }

  private static List<Said> inDocument() throws IOException {
    return IN_DOCUMENT
        .matcher(Files.readString(DOCUMENT))
        .results()
        .map(
            found ->
                new Said(found.group(1), found.group(2), found.group(3), plain(found.group(4))))
        .toList();
  }

  private static String plain(String text) {
    return text.replaceAll("</?code>|`", "").replaceAll("\\s+", " ").strip();
  }

  @Test
  void eachIsExplainedWhereItsAddressLeads() throws IOException {
    assertThat(onPage())
        .extracting(said -> "/problems.html#" + said.anchor() + said.status() + said.title())
        .containsExactlyElementsOf(
            Stream.of(ProblemType.values())
                .map(type -> type.uri() + type.status() + type.title())
                .toList());
  }

  @Test
  void theDocumentSaysTheSame() throws IOException {
    assertThat(inDocument()).isEqualTo(onPage());
  }
}
