package dev.allim.page;

import dev.allim.testing.HubProgram;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** The explorer of a hub of its own, opened anew for each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ExplorerPage {
  final Browser browser = Browser.open();
  final HubProgram hub = DemoHub.start();

  @AfterAll
  void close() {
    browser.close();
    hub.close();
  }

  @BeforeEach
  void openThePage() {
    visit("");
  }

  /** From here on everything published is seen. */
  final void visit(String query) {
    browser.visit(URI.create("about:blank"));
    browser.visit(hub.uri("/#/explorer" + query));
    browser.awaitText("#state", "연결됨");
  }
}
