package dev.allim.page;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A real browser on a line that breaks before anything has come. */
class CutStreamIT extends BrowsedHub {
  private final CutLine line = new CutLine(hub.uri("/"));

  @AfterAll
  void close() {
    line.close();
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
