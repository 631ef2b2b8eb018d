package dev.allim.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page where it may find itself: on a phone, in the dark, behind a proxy, on a bad line. */
class PlacesIT extends BrowsedHub {
  private static final String MESSAGE = "#feed [data-event=message] .data";

  @ParameterizedTest
  @CsvSource({"320, ko", "360, ko", "360, en"})
  void neverScrollsSidewaysOnPhone(int width, String language) {
    browser.speak(language);
    browser.shrinkTo(width);
    show("/#/explorer");
    browser.holds("document.querySelectorAll('details').forEach(tool => tool.open = true)");
    browser.awaitText("#feed [data-event=update] .data", "업데이트된 시간: ");
    String unbroken = "x".repeat(300);
    hub.client().publish("/events/orders/1", unbroken);
    browser.awaitText(MESSAGE, unbroken);

    assertThat(
            browser.holds(
                "return innerWidth === %d && document.documentElement.scrollWidth <= innerWidth"
                    .formatted(width)))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({"light", "dark"})
  void canBeReadInAnyLight(String scheme) {
    browser.prefer(scheme);
    show("/#/explorer");
    browser.awaitText("#feed [data-event=update] .data", "업데이트된 시간: ");

    assertThat(browser.strings(Contrast.TOO_LOW)).isEmpty();
    assertThat(browser.holds(Contrast.DARK)).isEqualTo(scheme.equals("dark"));
  }

  @Test
  void worksBelowPrefixOfProxy() {
    try (Front front = new Front(hub.uri("/"), "/notify/me/")) {
      browser.visit(front.uri().resolve("#/explorer"));
      browser.awaitText(MESSAGE, "서버에서 보낸 메시지: ");
      browser.fill("#data", "through the proxy");
      browser.click("#publish [type=submit]");

      browser.awaitText(MESSAGE, "through the proxy");
    }
  }

  @Test
  void showsThatSomethingIsMissing() {
    String stream =
        """
        event: gap
        data: {"after":"a","resumesAt":"b"}

        id: b
        data: {"id":"b","topic":"x","topics":["x"],"published":"2026-11-26T04:00:00Z","data":"after the gap"}

        """;
    try (Front front =
        new Front(hub.uri("/"), "/")
            .answering("/events", "text/event-stream", stream.getBytes(StandardCharsets.UTF_8))) {
      browser.speak("ko");
      browser.visit(front.uri().resolve("#/explorer"));

      browser.awaitText(MESSAGE, "after the gap");
      browser.awaitText("#feed [data-event=gap] .data", "이 사이의 알림을 받지 못했습니다");
    }
  }
}
