package dev.allim.page;

import org.junit.jupiter.api.BeforeEach;

/** The explorer of a hub of its own, opened anew for each test. */
abstract class ExplorerPage extends BrowsedHub {
  @BeforeEach
  void openThePage() {
    visit("");
  }

  /** From here on everything published is seen. */
  final void visit(String query) {
    show("/#/explorer" + query);
    browser.awaitText("#state", "연결됨");
  }
}
