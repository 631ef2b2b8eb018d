package dev.allim.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubClient;
import dev.allim.testing.SseClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies with a {@code Content-Encoding}. */
@QuarkusTest
class CodedBodiesTest {
  private static final int LIMIT = 1024 * 1024;

  @TestHTTPResource("/")
  URI base;

  private HttpResponse<String> post(String target, String coding, byte[] body) {
    HubClient hub = new HubClient(base);
    return hub.send(
        HttpRequest.newBuilder(hub.uri(target))
            .header("Content-Encoding", coding)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "x-gzip", "GZip"})
  void gzipIsUndone(String coding) {
    HubClient hub = new HubClient(base);
    try (SseClient reader = hub.listen("/events/coded")) {
      assertThat(post("/events/coded", coding, gzip("주문 1")).statusCode()).isEqualTo(201);
      assertThat(post("/events", coding, gzip("{\"topic\":\"coded\",\"data\":\"2\"}")).statusCode())
          .isEqualTo(201);

      assertThat(reader.next().data()).isEqualTo("주문 1");
      assertThat(reader.next().data()).isEqualTo("2");
    }
  }

  @Test
  void identityIsNoCoding() {
    assertThat(post("/events/coded", "identity", new byte[] {'x'}).statusCode()).isEqualTo(201);
  }

  @Test
  void theLimitHoldsForWhatComesOut() {
    HttpResponse<String> answer = post("/events/coded", "gzip", gzip("x".repeat(LIMIT + 1)));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(JsonPath.from(answer.body()).getInt("limit")).isEqualTo(LIMIT);
  }

  @Test
  void whatIsNotGzipOrBreaksOffIsRefused() {
    byte[] whole = gzip("a text that is long enough to be cut");

    for (byte[] body : new byte[][] {{'x'}, {}, Arrays.copyOf(whole, whole.length - 9)}) {
      HttpResponse<String> answer = post("/events/coded", "gzip", body);

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(JsonPath.from(answer.body()).getString("field")).isEqualTo("body");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "deflate", "zstd", "gzip, gzip", "gzip;q=1", "none"})
  void anotherCodingIsRefusedAndTheAnswerSaysWhatIsKnown(String coding) {
    HttpResponse<String> answer = post("/events/coded", coding, new byte[] {'x'});

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(answer.headers().firstValue("Accept-Encoding")).contains("gzip");
    assertThat(JsonPath.from(answer.body()).getString("field")).isEqualTo("Content-Encoding");
  }
}
