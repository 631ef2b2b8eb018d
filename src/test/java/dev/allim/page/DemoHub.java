package dev.allim.page;

import dev.allim.testing.HubProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;

/** The packaged program with its demo feed on, a round a second. */
final class DemoHub {
  private DemoHub() {}

  /** One in a directory of its own. */
  static HubProgram start() {
    try {
      return HubProgram.start(
          Files.createTempDirectory("allim-page"),
          Map.of(
              "allim.demo.enabled", "true",
              "allim.demo.every", "1s",
              "allim.figures.enabled", "true",
              "allim.figures.every", "1s"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
