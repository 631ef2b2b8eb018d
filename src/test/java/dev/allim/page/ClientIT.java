package dev.allim.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The client for browsers, in tabs of a real one. */
class ClientIT extends ClientTabs {
  @Test
  void tenTabsHoldOneConnectionAndEachGetsWhatItAskedFor() {
    for (int tab = 0; tab < 10; tab++) {
      if (tab > 0) {
        browser.openTab();
      }
      listen("{ topics: ['ten/%d', 'ten/all'] }".formatted(tab));
    }
    publish("ten/all", 1, 3);
    publish("ten/4", 4, 4);
    publish("ten/all", 5, 5);

    for (int tab = 0; tab < 10; tab++) {
      browser.showTab(tab);
      awaitGot(tab == 4 ? 5 : 4);
      assertThat(got()).containsExactly(tab == 4 ? "1 2 3 4 5".split(" ") : "1 2 3 5".split(" "));
    }
    awaitOneStream();
  }

  @Test
  void nothingIsLostOrDoubledWhenTheTabThatLeadsIsClosed() {
    assertNothingIsLostOrDoubled("closed", browser::closeTab);
  }

  @Test
  void nothingIsLostOrDoubledWhenTheTabThatLeadsCrashes() {
    assertNothingIsLostOrDoubled("crashes", browser::crashTab);
  }

  private void assertNothingIsLostOrDoubled(String topic, Runnable endOfTheFirst) {
    listenInThree(topic);
    publish(topic, 1, 50);

    browser.showTab(0);
    Thread publisher = new Thread(() -> publish(topic, 51, 300));
    publisher.start();
    endOfTheFirst.run();
    await(publisher);

    for (int tab = 0; tab < 2; tab++) {
      browser.showTab(tab);
      awaitGot(300);
      assertThat(got()).containsExactlyElementsOf(numbers(1, 300));
      assertThat(browser.strings("return gaps")).isEmpty();
    }
    awaitOneStream();
  }

  private void listenInThree(String topic) {
    String options = "{ topics: ['%s'] }".formatted(topic);
    listen(options);
    browser.openTab();
    listen(options);
    browser.openTab();
    listen(options);
  }

  private static void await(Thread thread) {
    try {
      thread.join(60_000);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    assertThat(thread.isAlive()).isFalse();
  }

  @Test
  void theHubIsKilledAndBackAndNothingIsMissing() {
    listen("{ topics: ['killed'] }");
    publish("killed", 1, 50);

    hub.kill();
    browser.awaitTrue("return hub.state === 'reconnecting'");
    hub.startAgain();
    publish("killed", 51, 60);

    awaitGot(60);
    assertThat(got()).containsExactlyElementsOf(numbers(1, 60));
    assertThat(browser.strings("return gaps")).isEmpty();
  }

  @Test
  void whoComesBackFromNobodyKnowsWhereIsToldOfAGap() {
    browser.visit(hub.uri("/allim.js"));
    browser.holds("localStorage['allim lost'] = 'of another hub'; return true");
    connect("{ topics: ['lost'], persist: 'lost' }");
    browser.awaitTrue("return gaps.length === 1");
    publish("lost", 1, 2);

    awaitGot(2);
    assertThat(got()).containsExactly("1", "2");
    assertThat(browser.strings("return gaps.map(({ asked }) => asked)"))
        .containsExactly("of another hub");
  }

  @Test
  void thePastComesFirstAndOnce() {
    publish("past", 1, 250);
    listen("{ topics: ['past'], since: 'earliest' }");
    publish("past", 251, 260);

    awaitGot(260);
    assertThat(got()).containsExactlyElementsOf(numbers(1, 260));
  }

  @Test
  void theLastFewComeFirstAndOnce() {
    publish("few", 1, 70);
    listen("{ topics: ['few'], last: 50 }");
    publish("few", 71, 72);

    awaitGot(52);
    assertThat(got()).containsExactlyElementsOf(numbers(21, 72));
  }

  @Test
  void aTabThatIsLoadedAgainGoesOnWhereItWas() {
    listen("{ topics: ['kept'], persist: 'mine' }");
    publish("kept", 1, 5);
    awaitGot(5);
    browser.visit(hub.uri("/allim.js"));
    publish("kept", 6, 9);

    listen("{ topics: ['kept'], persist: 'mine' }");

    awaitGot(4);
    assertThat(got()).containsExactlyElementsOf(numbers(6, 9));
  }

  @Test
  void aTabThatCrashedGoesOnWhereItWas() {
    listen("{ topics: ['crashed'], persist: 'crashed' }");
    browser.holds("hub.on('*', ({ id }) => (window.last = id)); return true");
    publish("crashed", 1, 5);
    awaitGot(5);
    browser.awaitTrue("return localStorage['allim crashed'] === last");
    browser.openTab();
    browser.showTab(0);
    browser.crashTab();
    publish("crashed", 6, 9);

    listen("{ topics: ['crashed'], persist: 'crashed' }");

    awaitGot(4);
    assertThat(got()).containsExactlyElementsOf(numbers(6, 9));
    assertThat(browser.strings("return gaps")).isEmpty();
  }

  @Test
  void aTabThatAsksForNonsenseClosesAloneAndSaysWhy() {
    listen("{ topics: ['sense'] }");
    browser.openTab();
    browser.visit(hub.uri("/allim.js"));
    connect("{ topics: ['non{sense'] }");

    browser.awaitTrue("return window.hub?.state === 'closed'");
    assertThat(browser.strings("return [hub.reason]")).first().asString().contains("template");
    browser.showTab(0);
    browser.awaitTrue("return hub.state === 'open'");
    publish("sense", 1, 2);
    awaitGot(2);
    assertThat(got()).containsExactly("1", "2");
  }

  @Test
  void itCanBeIteratedOver() {
    listen("{ topics: ['iterated'] }");
    browser.holds(
        """
        window.iterated = [];
        (async () => {
          for await (const { event, data } of hub) iterated.push(`${event}: ${data}`);
          iterated.push('over');
        })();
        return true;
        """);
    hub.client().publish("/events/iterated?event=update", "one");
    hub.client().publish("/events/iterated", "two");
    browser.awaitTrue("return iterated.length === 2");
    browser.holds("hub.close(); return true");

    browser.awaitTrue("return iterated.length === 3");
    assertThat(browser.strings("return iterated"))
        .containsExactly("update: one", "message: two", "over");
  }

  @Test
  void itIsSmall() {
    browser.visit(hub.uri("/allim.js"));
    browser.holds(
        """
        fetch('/allim.js').then((file) =>
            new Response(file.body.pipeThrough(new CompressionStream('gzip'))).arrayBuffer())
          .then(({ byteLength }) => (window.size = byteLength));
        return true;
        """);
    browser.awaitTrue("return window.size > 1000");

    assertThat(browser.holds("return size <= 4096")).isTrue();
  }
}
