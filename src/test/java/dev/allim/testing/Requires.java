package dev.allim.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Parts of a machine that a test needs and that may be missing. Without one the test is skipped and
 * says why; with {@code ALLIM_REQUIRE_ALL=true} in the environment it fails instead.
 */
public final class Requires {
  private static final String SWITCH = "ALLIM_REQUIRE_ALL";

  private Requires() {}

  /** Where the program is that is called by this name. */
  public static Path program(String name) {
    return find(name)
        .orElseGet(() -> missing("the program '%s' is not on the PATH".formatted(name)));
  }

  /** The same for a program that cannot be had from Debian: without it the test is only skipped. */
  public static Path rareProgram(String name) {
    return find(name).orElseGet(() -> skip("the program '%s' is not on the PATH".formatted(name)));
  }

  /** Goes on if {@code present}, otherwise skips or fails; {@code what} names the missing part. */
  public static void that(boolean present, String what) {
    if (!present) {
      missing(what);
    }
  }

  /** The same for what cannot be had from Debian: without it the test is only skipped. */
  public static void rarely(boolean present, String what) {
    if (!present) {
      skip(what);
    }
  }

  private static Optional<Path> find(String name) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(java.io.File.pathSeparator))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Path missing(String reason) {
    if ("true".equals(System.getenv(SWITCH))) {
      return Assertions.fail("%s, and %s=true makes that a failure".formatted(reason, SWITCH));
    }
    return skip(reason);
  }

  private static Path skip(String reason) {
    System.out.println("Skipped: " + reason);
    return Assumptions.abort(reason);
  }
}
