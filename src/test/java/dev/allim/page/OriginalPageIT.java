package dev.allim.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The page of the example that the hub was born from, unchanged, on the origin of the hub. */
class OriginalPageIT extends BrowsedHub {
  private final Front front =
      new Front(hub.uri("/"), "/").answering("/", "text/html; charset=utf-8", original());

  private static byte[] original() {
    try (InputStream page = OriginalPageIT.class.getResourceAsStream("/original/index.html")) {
      assertThat(page).isNotNull();
      return page.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @AfterAll
  void close() {
    front.close();
  }

  @Test
  void showsTheFeedAndComesBackByItself() {
    browser.visit(front.uri());
    browser.awaitText("#events li", "서버에서 보낸 메시지: ");
    browser.awaitText("#events li", "업데이트된 시간: ");

    hub.stop();
    browser.awaitText("#events li", "연결 에러 발생, 재연결 시도 중...");

    hub.startAgain();
    browser.awaitText("#events li:last-child", "업데이트된 시간: ");
  }
}
