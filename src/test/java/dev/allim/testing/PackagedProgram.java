package dev.allim.testing;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * The packaged program under test, as the build says: the native executable or the jar. Whatever
 * was built last is what {@code @QuarkusIntegrationTest} starts, too.
 */
public final class PackagedProgram {
  private static final Path TARGET = Path.of("target");
  private static final Path BUILT = TARGET.resolve("quarkus-artifact.properties");

  /** Also read by {@code @QuarkusIntegrationTest}; sets how much memory an executable may take. */
  private static final String LAUNCH_OPTIONS = "quarkus.test.arg-line";

  /** What is killed leaves the library of SQLite there, so that has to be where the tests' is. */
  private static final String TEMPORARY = "java.io.tmpdir";

  /** Tests start it often and run it shortly. */
  private static final List<String> SHORT_LIVED_JVM =
      List.of("-XX:TieredStopAtLevel=1", "-Xmx512m");

  private PackagedProgram() {}

  /** Whether it is the native executable. */
  public static boolean isNative() {
    return "native".equals(built().getProperty("type"));
  }

  /** The command that starts it with these options, {@code -Dkey=value} each. */
  public static List<String> command(List<String> options) {
    String program = TARGET.resolve(built().getProperty("path")).toAbsolutePath().toString();
    List<String> command = new ArrayList<>();
    if (isNative()) {
      command.add(program);
    } else {
      command.add(java());
      command.addAll(SHORT_LIVED_JVM);
    }
    command.addAll(launchOptions());
    command.add("-D%1$s=%2$s".formatted(TEMPORARY, System.getProperty(TEMPORARY)));
    command.addAll(options);
    if (!isNative()) {
      command.addAll(List.of("-jar", program));
    }
    return command;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static List<String> launchOptions() {
    String line = System.getProperty(LAUNCH_OPTIONS, "").strip();
    return line.isEmpty() ? List.of() : List.of(line.split("\\s+"));
  }

  private static Properties built() {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(BUILT)) {
      properties.load(reader);
    } catch (IOException failure) {
      throw new UncheckedIOException("nothing is packaged: ./mvnw package", failure);
    }
    return properties;
  }
}
