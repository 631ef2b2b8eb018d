package dev.allim.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.LogWatch;
import dev.allim.testing.RawHttp;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** How bodies arrive: lengths, chunks, expectations, and uploads that break off. */
@QuarkusTest
class BodyOnTheWireTest {
  private static final int LIMIT = 1024 * 1024;

  @TestHTTPResource("/")
  URI base;

  private static void assertTooLarge(RawHttp.Answer answer) {
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(JsonPath.from(answer.body()).getString("field")).isEqualTo("body");
    assertThat(JsonPath.from(answer.body()).getInt("limit")).isEqualTo(LIMIT);
  }

  @Test
  void chunksMakeUpTheBody() {
    try (RawHttp http = RawHttp.connect(base)) {
      http.request("POST /events/chunks HTTP/1.1", "Transfer-Encoding: chunked")
          .send("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");

      assertThat(http.readAnswer().status()).isEqualTo(201);
    }
  }

  @Test
  void aLengthOverTheLimitIsRefusedBeforeTheBodyCame() {
    try (RawHttp http = RawHttp.connect(base)) {
      http.request("POST /events/large HTTP/1.1", "Content-Length: " + (LIMIT + 1));

      assertTooLarge(http.readAnswer());
    }
  }

  @Test
  void chunksOverTheLimitAreRefusedWhileTheyCome() {
    try (RawHttp http = RawHttp.connect(base)) {
      http.request("POST /events/large HTTP/1.1", "Transfer-Encoding: chunked")
          .send("%x\r\n%s\r\n".formatted(LIMIT + 1, "x".repeat(LIMIT + 1)));

      assertTooLarge(http.readAnswer());
    }
  }

  @Test
  void whoGoesOnSendingTooMuchIsCutOff() {
    try (RawHttp http = RawHttp.connect(base)) {
      http.request("POST /events/large HTTP/1.1", "Content-Length: " + 10L * LIMIT).send("x");
      http.readAnswer();

      assertThat(http.isEnded()).isTrue();
    }
  }

  @Test
  void aConnectionGoesOnAfterARefusedBody() {
    String large = "x".repeat(LIMIT / 2);
    try (RawHttp http = RawHttp.connect(base)) {
      http.request(
              "POST /events HTTP/1.1", "Content-Type: text/plain", "Content-Length: " + LIMIT / 2)
          .send(large);
      RawHttp.Answer refusal = http.readAnswer();
      http.request("POST /events/next HTTP/1.1", "Content-Length: 1").send("x");

      assertThat(refusal.status()).isEqualTo(415);
      assertThat(http.readAnswer().status()).isEqualTo(201);
    }
  }

  @Test
  void whoExpectsToContinueIsToldToAndThenAnswered() {
    try (RawHttp http = RawHttp.connect(base)) {
      http.request("POST /events/expect HTTP/1.1", "Expect: 100-continue", "Content-Length: 2");
      assertThat(http.readHead()).containsExactly("HTTP/1.1 100 Continue");

      http.send("ok");

      assertThat(http.readAnswer().status()).isEqualTo(201);
    }
  }

  @Test
  void whoExpectsToContinueWithTooMuchIsRefusedInstead() {
    try (RawHttp http = RawHttp.connect(base)) {
      http.request(
          "POST /events/expect HTTP/1.1", "Expect: 100-continue", "Content-Length: " + (LIMIT + 1));

      assertTooLarge(http.readAnswer());
    }
  }

  @Test
  void anUploadThatBreaksOffPublishesNothingAndIsNotLogged() {
    try (LogWatch log = LogWatch.start();
        RawHttp reader = RawHttp.connect(base);
        RawHttp other = RawHttp.connect(base)) {
      reader.request("GET /events/broken-off HTTP/1.1");
      reader.readThrough("\n\n\r\n");
      RawHttp broken = RawHttp.connect(base);
      broken.request("POST /events/broken-off HTTP/1.1", "Content-Length: 10").send("half");
      broken.reset();

      other.request("POST /events/broken-off HTTP/1.1", "Content-Length: 5").send("whole");

      assertThat(reader.readThrough("\n\n\r\n")).contains("data: whole").doesNotContain("half");
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void unencodedUtf8InTheRequestLineIsRead() {
    try (RawHttp http = RawHttp.connect(base)) {
      http.request("POST /events/주문 HTTP/1.1", "Content-Length: 1").send("x");

      assertThat(JsonPath.from(http.readAnswer().body()).getString("topics[0]")).isEqualTo("주문");
    }
  }
}
