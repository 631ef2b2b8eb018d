package dev.allim.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The form of the explorer: what is sent goes as it was meant. */
class PublishFormIT extends ExplorerPage {
  @Test
  void publishesWithTheFormAndHearsItByItsName() {
    browser.fill("#to", "주문/42");
    browser.fill("#event", "shipped");
    browser.fill("#data", "배송이 시작되었습니다");
    browser.click("#publish [type=submit]");

    browser.awaitText("#feed [data-event=shipped] .data", "배송이 시작되었습니다");
    browser.awaitText("#answer", "보냈습니다: urn:uuid:");
  }

  @Test
  void saysWhyTheHubRefuses() {
    browser.fill("#to", "*");
    browser.click("#publish [type=submit]");

    browser.awaitText("#answer", "허브가 거절했습니다: '*' is no topic");
  }

  @Test
  void showsTheCommandThatSendsTheSame() {
    browser.fill("#to", "a b/c");
    browser.fill("#event", "x");
    browser.fill("#data", "it's");

    String address = hub.uri("/").getAuthority();
    browser.awaitText(
        "#curl", "curl -d 'it'\\''s' '%s/events/a%%20b/c?event=x'".formatted(address));
  }

  @Test
  void publishesWithAllThatBelongsToIt() {
    visit("?topic=orders/13");
    browser.fill("#to", "orders/13");
    browser.fill("#key", "k");
    browser.fill("#ttl", "10m");
    browser.fill("#delay", "30d");
    browser.fill("#data", "much later");
    browser.click("#publish [type=submit]");

    browser.awaitText("#answer", "나중에 전달됩니다: 20");
    browser.awaitText("#curl", "/events/orders/13?key=k&ttl=10m&delay=30d'");
    browser.awaitText("#script", "\"key\": \"k\"");
  }

  @Test
  void tellsHowToPublishForTheFewAndKeepsTheTokenToItself() {
    visit("?topic=orders/14");
    browser.fill("#to", "orders/14");
    browser.click("#private");
    browser.fill("#token", "se.cr.et");

    browser.awaitText("#curl", "-H \"Authorization: Bearer $TOKEN\"");
    browser.awaitText("#curl", "private=true");
    browser.awaitText("#script", "\"private\": true");
    browser.awaitText("#script", "Authorization: `Bearer ${token}`");
    assertThat(browser.texts("#curl, #script")).noneMatch(text -> text.contains("se.cr.et"));
  }
}
