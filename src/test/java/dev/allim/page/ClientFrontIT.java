package dev.allim.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * The client behind what stands in front of a hub: a proxy that holds back, one that wants tokens.
 */
class ClientFrontIT extends ClientTabs {
  @Test
  void whereAProxyHoldsStreamsBackItAsksForPages() {
    try (Front front = new Front(hub.uri("/"), "/").holdingStreamsBack()) {
      browser.visit(front.uri().resolve("/allim.js"));
      connect("{ topics: ['held'], patience: 300 }");
      browser.awaitTrue("return window.hub?.state === 'polling'");
      assertThat(browser.strings("return [hub.reason]")).first().asString().contains("proxy");
      publish("held", 1, 3);

      awaitGot(3);
      assertThat(got()).containsExactly("1", "2", "3");
    }
  }

  @Test
  void aTokenTravelsInAHeaderAndIsAskedForAgainWhenRefused() {
    try (Front front = new Front(hub.uri("/"), "/").admitting("Bearer fresh")) {
      browser.visit(front.uri().resolve("/allim.js"));
      connect(
          """
          {
            topics: ['secret'],
            token: () => (window.asked = (window.asked ?? 0) + 1) > 1 ? 'fresh' : 'stale',
            onReauthenticate: (why) => (window.why = why),
          }
          """);
      browser.awaitTrue("return window.hub?.state === 'open'");
      hub.client().publish("/events/secret", "for the few");

      awaitGot(1);
      assertThat(browser.strings("return [asked, why]")).containsExactly("2", "stale token");
    }
  }
}
