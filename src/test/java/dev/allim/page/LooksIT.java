package dev.allim.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every view in light and dark, wide and on a phone: judged by axe-core, and kept as a picture
 * under target/screenshots for a person to look at.
 */
class LooksIT extends BrowsedHub {
  private static final int PHONE = 360;

  private void open(String view, String lang, String scheme, boolean phone) {
    browser.speak(lang);
    browser.prefer(scheme);
    if (phone) {
      browser.shrinkTo(PHONE);
    } else {
      browser.grow();
    }
    show("/#/" + view);
  }

  private void awaitContent(String view) {
    switch (view) {
      case "explorer" -> browser.awaitText("#feed .data", "업데이트된 시간: ");
      case "overview" ->
          browser.awaitTrue("return document.querySelectorAll('#charts .line[d*=L]').length === 6");
      default -> {
        browser.awaitText("#prices tbody th", "LYRE");
        browser.click("#hello button");
        browser.awaitTrue("return document.querySelector('.window p').textContent !== ''");
        browser.awaitTrue("return document.querySelectorAll('#server .line[d*=L]').length === 4");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', ko, light, false",
    "'', en, dark, false",
    "'', ko, dark, true",
    "explorer, en, light, false",
    "explorer, ko, dark, false",
    "explorer, ko, light, true",
    "overview, ko, light, false",
    "overview, en, dark, false",
    "overview, en, light, true"
  })
  void isFitForEverybody(String view, String lang, String scheme, boolean phone) {
    open(view, lang, scheme, phone);
    awaitContent(view);
    browser.picture(
        "%s-%s-%s-%s"
            .formatted(view.isEmpty() ? "home" : view, lang, scheme, phone ? "phone" : "wide"));

    assertThat(browser.violations()).isEmpty();
    assertThat(browser.strings(Contrast.TOO_LOW)).isEmpty();
    assertThat(browser.holds(Contrast.DARK)).isEqualTo(scheme.equals("dark"));
    assertThat(browser.holds("return document.documentElement.scrollWidth <= innerWidth")).isTrue();
  }
}
