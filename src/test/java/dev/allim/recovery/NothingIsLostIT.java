package dev.allim.recovery;

import dev.allim.testing.FreshDirectory;
import dev.allim.testing.HubProgram;
import java.util.List;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class NothingIsLostIT extends NothingIsLostContract {
  @BeforeContainer
  static void start() {
    testing(List.of(HubProgram.start(FreshDirectory.of("nothing-lost"), SMALL)));
  }

  @AfterContainer
  static void stop() {
    stopAll();
  }
}
