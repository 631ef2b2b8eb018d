package dev.allim.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a visitor sees first: what the hub is for, live. */
class ExamplesIT extends BrowsedHub {
  @BeforeEach
  void openThePage() {
    show("/");
    browser.awaitText("#state", "연결됨");
  }

  @Test
  void whatIsSaidOnceIsSeenInAllWindows() {
    browser.fill("#hello-text", "모두 들리나요? <b>");
    browser.click("#hello button");

    browser.awaitText(".window p", "모두 들리나요? <b>");
    assertThat(browser.texts(".window p")).hasSize(3).containsOnly("모두 들리나요? <b>");
    browser.awaitText("#hello-curl", "curl -d '모두 들리나요? <b>' ");
  }

  @Test
  void alertsComeAndAreCountedUntilTheyAreRead() {
    browser.awaitText("#alerts li", "주문 #");
    assertThat(browser.holds("return Number(unread.value) > 0")).isTrue();

    browser.click("#read");

    assertThat(browser.holds("return unread.hidden")).isTrue();
    browser.awaitTrue("return !unread.hidden && Number(unread.value) < 3");
  }

  @Test
  void anUrgentAlertIsShownAtOnceAsText() {
    hub.client()
        .publish(
            "/events/demo/alerts?event=alert",
            "{\"level\":\"critical\",\"ko\":\"<img src=x onerror=alert(1)>\",\"en\":\"-\"}");

    browser.awaitText(".toast", "<img src=x onerror=alert(1)>");
    assertThat(browser.texts(".toast img, #alerts img")).isEmpty();
  }

  @Test
  void pricesAreThereAtOnceAndMove() {
    browser.awaitTrue("return document.querySelectorAll('#prices tbody th').length >= 6");
    assertThat(browser.texts("#prices tbody th")).isSorted().doesNotHaveDuplicates().hasSize(6);
    browser.strings("window.before = prices.tBodies[0].innerText; return []");

    browser.awaitTrue("return prices.tBodies[0].innerText !== before");
    browser.awaitTrue("return document.querySelector('#prices [data-moved]') !== null");
    assertThat(browser.texts("#prices tbody th")).hasSize(6);
  }

  @Test
  void theServerTellsOfItself() {
    browser.awaitTrue(
        """
        const lines = [...document.querySelectorAll('#server .line')];
        return lines.length === 4
            && lines.every(line => (line.getAttribute('d') ?? '').includes('L'));
        """);
    assertThat(browser.texts("#server figcaption b")).noneMatch(String::isEmpty);
  }

  @Test
  void aChatHasItsHistoryAndTakesMoreOfIt() {
    browser.awaitText("#chat b", "알림");
    browser.fill("#name", "철수");
    browser.fill("#text", "안녕!");
    browser.click("#say button");
    browser.awaitText("#chat span", "안녕!");

    openThePage();

    browser.awaitText("#chat span", "안녕!");
    assertThat(browser.texts("#chat b")).contains("철수");
  }

  @ParameterizedTest
  @ValueSource(strings = {"alerts", "prices", "server", "chat"})
  void eachHasTheCodeThatRunsBesideIt(String example) {
    browser.click("[data-source='%s.js'] summary".formatted(example));

    browser.awaitText("[data-source='%s.js'] pre".formatted(example), "connect({ topics: ['");
  }

  @Test
  void oneConnectionServesAllOfThem() {
    browser.awaitText("#server figcaption b", "1");
    // That of the page before may be on its way out.
    await().untilAsserted(() -> assertThat(hub.client().metric("allim_streams_open")).isEqualTo(1));
  }

  @Test
  void weighsLessThanAHundredKilobytes() {
    browser.awaitText("#alerts li", "주문 #");

    assertThat(
            browser.strings(
                """
                return performance.getEntriesByType('resource')
                    .filter(({ name }) => !name.includes('/events'))
                    .map(({ decodedBodySize }) => decodedBodySize);
                """))
        .isNotEmpty()
        .satisfies(
            sizes ->
                assertThat(sizes.stream().mapToLong(Long::parseLong).sum()).isLessThan(100_000));
  }

  @Test
  void speaksAnotherLanguageWhenAsked() {
    browser.click("#language");
    try {
      browser.awaitText("#state", "Connected");
      browser.awaitText("h1", "Post once. Everyone hears it, now.");
      browser.awaitText("#alerts li", "rder #");
    } finally {
      browser.click("#language");
      browser.awaitText("#state", "연결됨");
    }
  }

  @Test
  void theOverviewIsLive() {
    browser.visit(hub.uri("/#/overview"));
    browser.awaitText("#facts th", "켜져 있는 시간");
    browser.awaitTrue("return document.querySelectorAll('#tiles dd:not(:empty)').length === 6");
    hub.client().publish("/events/anything", "one more");

    browser.awaitText("#tiles dt", "열린 스트림");
    browser.awaitText("#ends th", "브라우저가 떠남");
    browser.awaitText("#topics th", "anything");
    browser.awaitTrue("return nodes.tBodies[0].rows.length === 1");
  }
}
