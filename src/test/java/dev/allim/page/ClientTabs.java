package dev.allim.page;

import dev.allim.testing.HubProgram;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;

/** Tabs of a real browser that listen by the client, at a hub of their own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ClientTabs {
  final HubProgram hub = DemoHub.start();
  Browser browser = Browser.open();

  @AfterAll
  void close() {
    browser.close();
    hub.close();
  }

  /** Tabs without a word to each other. */
  @AfterEach
  void closeTheTabs() {
    browser.close();
    browser = Browser.open();
  }

  /** Has the tab that is shown listen, and keep what it gets in {@code got}. */
  final void listen(String options) {
    browser.visit(hub.uri("/allim.js"));
    connect(options);
    browser.awaitTrue("return window.hub?.state === 'open'");
  }

  final void connect(String options) {
    browser.holds(
        """
        window.got = [];
        window.gaps = [];
        import('/allim.js').then(({ connect }) => {
          window.hub = connect({ onGap: (gap) => gaps.push(gap), ...%s });
          hub.on('*', (n) => got.push(n.data));
        });
        return true;
        """
            .formatted(options));
  }

  final List<String> got() {
    return browser.strings("return got");
  }

  final void awaitGot(int count) {
    browser.awaitTrue("return got.length >= %d".formatted(count));
  }

  /** The hub may hear of the end of another only after a while. */
  final void awaitOneStream() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> hub.client().metric("allim_streams_open") == 1);
  }

  static List<String> numbers(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
  }

  final void publish(String topic, int from, int to) {
    numbers(from, to).forEach(number -> hub.client().publish("/events/" + topic, number));
  }
}
