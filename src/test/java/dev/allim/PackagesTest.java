package dev.allim;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Who may use whom: the table of src/docs/architecture.md. Looked for in compiled classes and in
 * import statements, since a constant is inlined and leaves no trace in a class file.
 */
class PackagesTest {
  private static final String ROOT = "dev.allim.";
  private static final Path SOURCES = Path.of("src/main/java/dev/allim");
  private static final Pattern IMPORT =
      Pattern.compile("^import (?:static )?dev\\.allim\\.([a-z][a-z.]*)\\.[A-Z].*", 0);

  /** Packages that are mostly used together, under one name. */
  private static final Map<String, List<String>> TOGETHER =
      Map.of(
          "values", List.of("text", "topic", "notification"),
          "what engines share", List.of("log.append", "log.retention", "log.engine"),
          "what hub shows", List.of("hub", "hub.settings", "hub.spi"),
          "all of http", List.of("http", "http.problem", "http.route"));

  /** What each package may use, besides itself. */
  private static final Map<String, Set<String>> MAY_USE = new HashMap<>();

  private static void may(String user, String... used) {
    Set<String> all = new TreeSet<>();
    for (String one : used) {
      all.addAll(TOGETHER.getOrDefault(one, List.of(one)));
    }
    MAY_USE.put(user, all);
  }

  static {
    may("text");
    may("urlpattern.url", "text");
    may("urlpattern", "urlpattern.url", "text");
    may("topic", "text");
    may("notification", "topic", "text");
    may("log", "values");
    may("log.append", "log", "values");
    may("log.retention", "log", "values");
    may("log.engine", "log", "values");
    may("log.memory", "what engines share", "log", "values");
    may("log.sqlite.file", "log.append", "log.retention", "log", "values");
    may("log.sqlite", "log.sqlite.file", "what engines share", "log", "values");
    may("log.redis", "what engines share", "log", "values");
    may("hub.settings");
    may("hub.spi", "values", "log");
    may("hub.ring", "hub.spi", "log", "values");
    may("hub.fanout", "hub.ring", "hub.spi", "log", "values");
    may("hub.publish", "hub.ring", "hub.spi", "log", "values");
    may("hub.lane", "hub.fanout", "hub.ring", "hub.settings", "hub.spi", "log", "values");
    may(
        "hub",
        "hub.lane",
        "hub.publish",
        "hub.fanout",
        "hub.ring",
        "hub.settings",
        "hub.spi",
        "log",
        "values");
    may("wire", "what hub shows");
    may("sse", "wire", "what hub shows", "values");
    may("http.route", "text");
    may("http.problem", "http.route", "hub", "hub.spi", "log", "values");
    may("http", "http.problem", "http.route", "what hub shows", "log", "values");
    may("security.keys");
    may("security", "security.keys", "all of http", "wire", "what hub shows", "log", "values");
    may("access", "security", "all of http", "hub", "hub.settings", "log", "values");
    may("limits", "http", "http.problem", "hub.settings");
    may("api", "security", "limits", "all of http", "sse", "wire", "hub", "hub.spi", "values");
    may("mercure.topic", "urlpattern", "urlpattern.url", "topic", "text");
    may(
        "mercure",
        "mercure.topic",
        "presence",
        "security",
        "limits",
        "all of http",
        "sse",
        "wire",
        "hub",
        "hub.spi",
        "values");
    may(
        "ops",
        "presence",
        "runtime",
        "security",
        "http",
        "wire",
        "what hub shows",
        "log",
        "values");
    may(
        "presence",
        "runtime",
        "security",
        "all of http",
        "wire",
        "what hub shows",
        "log",
        "values");
    may("cli.client");
    may("cli", "cli.client", "topic", "text");
    may("demo", "hub", "hub.spi", "values");
    may(
        "runtime",
        "cli",
        "http.route",
        "sse",
        "wire",
        "what hub shows",
        "log",
        "log.memory",
        "log.sqlite",
        "log.sqlite.file",
        "log.redis",
        "log.append",
        "log.retention",
        "values");
  }

  @Test
  void compiledClassesUseWhatTheirPackageMay() {
    Set<String> wrong = new TreeSet<>();
    for (JavaClass one :
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.allim")) {
      for (Dependency dependency : one.getDirectDependenciesFromSelf()) {
        note(
            wrong,
            one.getPackageName(),
            dependency.getTargetClass().getPackageName(),
            one.getName());
      }
    }
    assertThat(wrong).as("uses that the table does not have").isEmpty();
  }

  @Test
  void importsUseWhatTheirPackageMay() throws IOException {
    Set<String> wrong = new TreeSet<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .forEach(file -> noteImports(wrong, file));
    }
    assertThat(wrong).as("imports that the table does not have").isEmpty();
  }

  /** The inside of the hub can change without anybody outside noticing. */
  @Test
  void innerPackagesOfTheHubAreTheHubsAlone() {
    Set<String> inner = Set.of("hub.publish", "hub.lane", "hub.fanout", "hub.ring");
    MAY_USE.forEach(
        (user, used) -> {
          if (!user.startsWith("hub")) {
            assertThat(used).as(user).doesNotContainAnyElementsOf(inner);
          }
        });
  }

  /** Along the table nobody comes back to where he started, nor inside a package's parts. */
  @Test
  void tableHasNoCircle() {
    for (String start : MAY_USE.keySet()) {
      assertThat(reachable(start, new TreeSet<>()))
          .as("what %s leads to", start)
          .doesNotContain(start);
    }
  }

  private static Set<String> reachable(String from, Set<String> seen) {
    for (String next : MAY_USE.getOrDefault(from, Set.of())) {
      if (seen.add(next)) {
        reachable(next, seen);
      }
    }
    return seen;
  }

  private static void noteImports(Set<String> wrong, Path file) {
    String user = SOURCES.relativize(file).getParent().toString().replace('/', '.');
    try {
      for (String line : Files.readAllLines(file)) {
        Matcher imported = IMPORT.matcher(line);
        if (imported.matches()) {
          note(wrong, ROOT + user, ROOT + imported.group(1), file.getFileName().toString());
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static void note(Set<String> wrong, String from, String to, String where) {
    if (!to.startsWith(ROOT) || from.equals(to)) {
      return;
    }
    String user = from.substring(ROOT.length());
    String used = to.substring(ROOT.length());
    if (!MAY_USE.getOrDefault(user, Set.of()).contains(used)) {
      wrong.add("%s -> %s in %s".formatted(user, used, where));
    }
  }
}
