package dev.allim.page;

import static org.awaitility.Awaitility.await;

import dev.allim.testing.HubProgram;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A real browser on a line that breaks before anything has come. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CutStreamIT {
  private final Browser browser = Browser.open();
  private final HubProgram hub = DemoHub.start();
  private final CutLine line = new CutLine(hub.uri("/"));

  @AfterAll
  void close() {
    browser.close();
    line.close();
    hub.close();
  }

  private void awaitScript(String script) {
    await().atMost(Duration.ofSeconds(20)).until(() -> browser.holds(script));
  }

  @Test
  void whatIsPublishedWhileAStreamIsCutBeforeItsFirstEventArrives() {
    browser.visit(line.uri("/allim.js"));
    browser.holds(
        "window.got = [];"
            + "window.source = new EventSource('/events/quiet');"
            + "source.onmessage = message => got.push(message.data);"
            + "return true;");
    awaitScript("return source.readyState === 1");
    await().atMost(Duration.ofSeconds(20)).until(() -> line.hasPassed("id: place:"));

    line.cut();
    awaitScript("return source.readyState === 0");
    hub.client().publish("/events/quiet", "meanwhile");
    line.mend();

    awaitScript("return got.join() === 'meanwhile'");
    hub.client().publish("/events/quiet", "then");
    awaitScript("return got.join() === 'meanwhile,then'");
  }
}
