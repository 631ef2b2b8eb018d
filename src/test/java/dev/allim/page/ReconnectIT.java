package dev.allim.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReconnectIT extends BrowsedHub {
  private static final String MESSAGE = "#feed [data-event=message] .data";

  @Test
  void saysThatTheHubIsAwayAndGoesOnWhenItIsBack() {
    browser.visit(hub.uri("/#/explorer"));
    browser.awaitText("#state", "연결됨");
    browser.awaitText(MESSAGE, "서버에서 보낸 메시지: ");

    hub.stop();
    browser.awaitText("#state", "연결 에러 발생, 재연결 시도 중...");
    browser.click("#publish [type=submit]");
    browser.awaitText("#answer", "허브에 연결할 수 없습니다");

    hub.startAgain();
    browser.awaitText("#state", "연결됨");
    hub.client().publish("/events/orders/1", "back again");
    browser.awaitText(MESSAGE, "back again");
    assertThat(browser.texts(MESSAGE)).as("what was there stays").hasSizeGreaterThan(1);
  }
}
