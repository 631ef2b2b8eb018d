package dev.allim.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.FreshDirectory;
import dev.allim.testing.HubProgram;
import dev.allim.testing.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The overview where tokens mean something, as in production. */
class OverviewIT extends BrowsedHub {
  private static final String FIGURES = "$hub/figures";
  private static final String DRAWN =
      "return document.querySelectorAll('#charts .line[d*=L]').length === 6";

  OverviewIT() {
    super(
        () ->
            HubProgram.start(
                FreshDirectory.of("overview"),
                Map.of("allim.auth.secret", Tokens.SECRET, "allim.figures.every", "1s")));
  }

  @BeforeEach
  void openThePage() {
    show("/#/overview");
  }

  private static String token(String subscribe) {
    return Tokens.shared()
        .lasting(Duration.ofHours(1), Instant.now())
        .granting(List.of(), List.of(subscribe))
        .text();
  }

  private void paste(String token) {
    browser.fill("#admitted", token);
    browser.click("#admit button");
  }

  @Test
  void withoutATokenItSaysWhatIsNeededAndWithOneItIsLive() {
    browser.awaitText("#no-figures-why", FIGURES);
    assertThat(browser.violations()).isEmpty();
    browser.picture("overview-needs-token");

    paste(token(FIGURES));

    browser.awaitTrue(DRAWN);
    browser.awaitTrue("return document.querySelector('#no-figures').hidden");
    assertThat(browser.texts("#nodes tbody th")).hasSize(1);
  }

  @Test
  void aTokenThatDoesNotGrantItAndOneThatIsNoneAreToldApart() {
    browser.awaitText("#no-figures-why", FIGURES);
    paste(token("orders/{id}"));
    browser.awaitText("#no-figures-why", "이 토큰으로는");

    paste("of nobody");

    browser.awaitText("#no-figures-why", "거절");
    assertThat(browser.texts("#state")).containsExactly("연결이 종료되었습니다");
  }

  @Test
  void whereNoExampleSpeaksEachSaysSo() {
    browser.visit(hub.uri("/#/"));
    browser.awaitTrue("return !document.querySelector('#no-server').hidden");

    assertThat(
            browser.strings(
                "return ['#alerts', '#chat', '#prices tbody'].map((place) =>"
                    + " getComputedStyle(document.querySelector(place), '::before').content)"))
        .hasSize(3)
        .allMatch(content -> content.contains("allim.demo.enabled"));
    assertThat(browser.violations()).isEmpty();
    browser.picture("home-without-examples");
  }

  @Test
  void theExplorersTokenServesItAndItsOwnTheExplorer() {
    browser.visit(hub.uri("/#/explorer"));
    browser.awaitText("#state", "연결됨");
    browser.fill("#token", token(FIGURES));
    browser.click("#listen button");
    browser.visit(hub.uri("/#/overview"));
    browser.awaitTrue(DRAWN);

    browser.visit(hub.uri("/#/explorer?topic=" + FIGURES));

    browser.awaitText("#feed .topic", FIGURES);
  }
}
