package dev.allim.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The explorer: what comes is seen, whatever its name. */
class ExplorerIT extends ExplorerPage {
  private static final String MESSAGE = "#feed [data-event=message] .data";
  private static final String UPDATE = "#feed [data-event=update] .data";

  private static final String INLINE_SCRIPT_RUNS =
      """
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.body.append(script);
      return window.ran === true;
      """;

  @Test
  void showsTheMessageOfJsonThatIsNothingElse() {
    browser.awaitText(MESSAGE, "서버에서 보낸 메시지: ");

    assertThat(browser.texts(MESSAGE)).allMatch(text -> text.startsWith("서버에서"));
  }

  @Test
  void showsUpdatesByTheirName() {
    browser.awaitText(UPDATE, "업데이트된 시간: ");

    assertThat(browser.texts("#feed [data-event=update] .name")).contains("update");
  }

  @Test
  void showsOtherJsonAsItCame() {
    String data = "{\"message\": \"배송\",  \"state\":1}";
    hub.client().publish("/events/orders/1", data);

    browser.awaitText(MESSAGE, data);
  }

  @Test
  void neverReadsDataAsMarkup() {
    String data = "<img src=x onerror=\"document.title='hacked'\"><b>bold</b>&amp;";
    hub.client().publish("/events/orders/1", data);
    browser.awaitText(MESSAGE, data);

    assertThat(browser.texts("#feed .data *")).isEmpty();
    assertThat(browser.holds("return document.title !== 'hacked'")).isTrue();
  }

  @Test
  void keepsTheLinesOfData() {
    hub.client().publish("/events/orders/1", "first\n\n  third");

    browser.awaitText(MESSAGE, "first\n\n  third");
  }

  @Test
  void listensToOneTopic() {
    browser.fill("#topic", "orders/{id}");
    browser.click("#listen [type=submit]");
    browser.awaitText("#state", "연결됨");
    hub.client().publish("/events/prices/7", "not asked for");
    hub.client().publish("/events/orders/7", "asked for");

    browser.awaitText(MESSAGE, "asked for");
    assertThat(browser.texts("#feed .data")).containsExactly("asked for");
    assertThat(browser.holds("return location.hash === '#/explorer?topic=orders%2F%7Bid%7D'"))
        .isTrue();
  }

  @Test
  void showsEventsOfNamesThatNobodyListed() {
    hub.client().publish("/events/prices/7?event=error", "named like trouble");
    hub.client().publish("/events/prices/7?event=%EA%B0%80%EA%B2%A9", "1,000");

    browser.awaitText("#feed [data-event=가격] .data", "1,000");
    browser.awaitText("#feed [data-event=error] .data", "named like trouble");
    assertThat(browser.texts("#state")).containsExactly("연결됨");
  }

  @Test
  void saysOfEachEventWhereItBelongsAndHowLongItTook() {
    hub.client().publish("/events/orders/9?id=given-id", "here");
    browser.awaitText(MESSAGE, "here");

    String item = "#feed li:has(.id[title=given-id])";
    assertThat(browser.texts(item + " .topic")).containsExactly("orders/9");
    assertThat(browser.texts(item + " .age")).singleElement().asString().matches("\\d+ ms");
  }

  @Test
  void beginsWithThePastIfAsked() {
    hub.client().publish("/events/past/1", "long ago");
    visit("?topic=past/%7Bid%7D&since=earliest");

    browser.awaitText(MESSAGE, "long ago");
    hub.client().publish("/events/past/2", "just now");
    browser.awaitText(MESSAGE, "just now");
    assertThat(browser.texts("#feed .data")).containsExactly("just now", "long ago");
  }

  @Test
  void showsNothingNewWhilePausedAndAllOfItThen() {
    visit("?topic=orders/10");
    browser.click("#pause");
    hub.client().publish("/events/orders/10", "waits");
    browser.awaitText("#count", "1");
    assertThat(browser.texts("#feed .data")).isEmpty();

    browser.click("#pause");

    browser.awaitText(MESSAGE, "waits");
  }

  @Test
  void findsWhatHoldsTheWords() {
    visit("?topic=orders/11");
    hub.client().publish("/events/orders/11", "a needle");
    hub.client().publish("/events/orders/11", "hay");
    browser.awaitText(MESSAGE, "hay");

    browser.fill("#filter", "NEEDLE");

    assertThat(browser.texts("#feed li:not([hidden]) .data")).containsExactly("a needle");
  }

  @Test
  void foldsWhatIsLongAndUnfoldsJson() {
    visit("?topic=orders/12");
    String json = "{\"list\":[%s]}".formatted("1,".repeat(100) + "1");
    hub.client().publish("/events/orders/12", "x".repeat(5000));
    hub.client().publish("/events/orders/12", json);
    browser.awaitText("#feed .more summary", "JSON 펼치기");

    assertThat(browser.texts("#feed .data")).allMatch(text -> text.length() < 1000);
    assertThat(browser.texts("#feed .more pre")).containsExactly(json(100), "x".repeat(5000));
  }

  private static String json(int more) {
    return "{\n  \"list\": [\n%s    1\n  ]\n}".formatted("    1,\n".repeat(more));
  }

  @Test
  void saysWhyItMayNotListenAndTriesAgainWhenAsked() {
    browser.fill("#topic", "orders/{");
    browser.click("#listen [type=submit]");
    browser.awaitText("#state", "연결이 종료되었습니다");
    browser.awaitText("#reason", "malformed topic template");

    browser.fill("#topic", "orders/1");
    browser.click("#listen [type=submit]");
    browser.awaitText("#state", "연결됨");
    assertThat(browser.holds("return document.getElementById('reason').hidden")).isTrue();
  }

  @Test
  void missesNothingBetweenDisconnectAndReconnect() {
    visit("?topic=orders/8");
    hub.client().publish("/events/orders/8", "before");
    browser.awaitText(MESSAGE, "before");
    browser.click("#toggle");
    browser.awaitText("#state", "연결이 종료되었습니다");
    hub.client().publish("/events/orders/8", "meanwhile");

    browser.click("#toggle");

    browser.awaitText(MESSAGE, "meanwhile");
    assertThat(browser.texts("#feed .data")).containsExactly("meanwhile", "before");
  }

  @Test
  void countsEverythingButShowsTheLatestTwoHundred() {
    visit("?topic=burst");
    hub.client()
        .post(
            "/events",
            "application/x-ndjson",
            IntStream.rangeClosed(1, 250)
                .mapToObj("{\"topic\":\"burst\",\"data\":\"no. %d\"}"::formatted)
                .collect(Collectors.joining("\n")));

    browser.awaitText("#count", "250");
    assertThat(browser.texts("#feed .data")).hasSize(200).startsWith("no. 250").endsWith("no. 51");
    browser.click("#clear");
    assertThat(browser.texts("#feed .data")).isEmpty();
    browser.awaitText("#count", "0");
  }

  /**
   * A browser has six connections to a host, and pages kept for the way back would hold them. Which
   * pages it keeps is its own affair, so it is only told that this one is.
   */
  @Test
  void takesNoConnectionAlongWhenItIsLeft() {
    browser.holds("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))");
    browser.awaitText("#state", "연결이 종료되었습니다");

    browser.holds("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))");
    browser.awaitText("#state", "연결됨");
  }

  @Test
  void listensAgainWhenItIsComeBackTo() {
    visit("?topic=first");
    browser.visit(hub.uri("/#/overview"));
    browser.visit(hub.uri("/#/explorer?topic=second"));
    browser.awaitText("#interest", "second");

    browser.back();
    browser.back();

    browser.awaitText("#interest", "first");
    browser.awaitText("#state", "연결됨");
    hub.client().publish("/events/first", "heard again");
    browser.awaitText(MESSAGE, "heard again");
  }

  @ParameterizedTest
  @CsvSource({
    "'ko-KR,ko', ko, 연결됨, 받은 알림",
    "'en-US,en', en, Connected, Received",
    "'fr-FR,fr,ko,en', ko, 연결됨, 받은 알림",
    "'fr-FR,fr', en, Connected, Received"
  })
  void speaksTheFirstLanguageThatItKnows(
      String languages, String language, String connected, String received) {
    browser.speak(languages);
    try {
      browser.visit(URI.create("about:blank"));
      browser.visit(hub.uri("/#/explorer"));
      browser.awaitText("#state", connected);

      assertThat(browser.texts("#received")).containsExactly(received);
      assertThat(browser.holds("return document.documentElement.lang === '%s'".formatted(language)))
          .isTrue();
    } finally {
      browser.speak("ko-KR,ko,en");
    }
  }

  @Test
  void keepsToThePolicyThatNothingComesFromElsewhere() {
    browser.awaitText(UPDATE, "업데이트된 시간: ");

    assertThat(browser.console()).noneMatch(line -> line.contains("Content Security Policy"));
    assertThat(browser.strings("return performance.getEntriesByType('resource').map(r => r.name)"))
        .isNotEmpty()
        .allMatch(address -> address.startsWith(hub.uri("/").toString()));
    assertThat(browser.holds(INLINE_SCRIPT_RUNS)).as("inline script runs").isFalse();
  }

  @Test
  void labelsEveryField() {
    assertThat(
            browser.strings(
                """
                return [...document.querySelectorAll('input, textarea, select')]
                    .filter(field => field.labels.length === 0 || field.labels[0].textContent === '')
                    .map(field => field.id);
                """))
        .isEmpty();
  }
}
