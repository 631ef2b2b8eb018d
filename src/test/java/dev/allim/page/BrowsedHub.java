package dev.allim.page;

import dev.allim.testing.HubProgram;
import java.net.URI;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** A real browser, and a hub of its own that it shows pages of. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BrowsedHub {
  final Browser browser;
  final HubProgram hub;

  /** A hub with its demo feed on. */
  BrowsedHub() {
    this(DemoHub::start);
  }

  /** Where there is no browser no hub is started. */
  BrowsedHub(Supplier<HubProgram> start) {
    browser = Browser.open();
    hub = start.get();
  }

  @AfterAll
  final void closeBoth() {
    browser.close();
    hub.close();
  }

  /** Shows that page of the hub, read anew. */
  final void show(String path) {
    browser.visit(URI.create("about:blank"));
    browser.visit(hub.uri(path));
  }
}
