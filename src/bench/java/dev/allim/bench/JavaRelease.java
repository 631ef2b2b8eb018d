package dev.allim.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the file by which every JDK says what it is. */
final class JavaRelease {
  private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"((\\d+)[^\"]*)\"");

  private JavaRelease() {}

  /** The feature release: 17, 25. */
  static int of(Path javaHome) {
    return Integer.parseInt(version(javaHome).group(2));
  }

  /** The whole version: 17.0.15. */
  static String text(Path javaHome) {
    return version(javaHome).group(1);
  }

  private static Matcher version(Path javaHome) {
    try {
      Matcher version = VERSION.matcher(Files.readString(javaHome.resolve("release")));
      if (!version.find()) {
        throw new IllegalArgumentException("No version in " + javaHome.resolve("release"));
      }
      return version;
    } catch (IOException failure) {
      throw new UncheckedIOException("bench.java is no JDK: " + javaHome, failure);
    }
  }
}
