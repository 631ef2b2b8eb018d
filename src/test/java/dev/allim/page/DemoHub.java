package dev.allim.page;

import dev.allim.testing.FreshDirectory;
import dev.allim.testing.HubProgram;
import java.util.Map;

/** The packaged program with its demo feed on, a round a second. */
final class DemoHub {
  private DemoHub() {}

  /** One in a directory of its own. */
  static HubProgram start() {
    return HubProgram.start(
        FreshDirectory.of("page"),
        Map.of(
            "allim.demo.enabled", "true",
            "allim.demo.every", "1s",
            "allim.figures.enabled", "true",
            "allim.figures.every", "1s"));
  }
}
