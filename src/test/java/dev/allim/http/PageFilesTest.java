package dev.allim.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After an upgrade nobody sees the page of before. */
@QuarkusTest
class PageFilesTest {
  @TestHTTPResource("/")
  URI base;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/index.html",
        "/page/page.js",
        "/page/page.css",
        "/allim.js",
        "/allim.d.ts",
        "/favicon.ico",
        "/problems.html"
      })
  void aFileOfThePageIsAskedForEachTimeAndSentWhereItChanged(String path) {
    String tag =
        given()
            .when()
            .get(path)
            .then()
            .statusCode(200)
            .header("Cache-Control", equalTo("no-cache"))
            .header("ETag", not(emptyOrNullString()))
            .extract()
            .header("ETag");

    given().header("If-None-Match", tag).get(path).then().statusCode(304).header("ETag", tag);
    given().header("If-None-Match", "\"of the release before\"").get(path).then().statusCode(200);
  }

  /** What Rest Assured would unpack, as it comes. */
  private HttpResponse<byte[]> get(String path, String accepted)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(path)).header("Accept-Encoding", accepted).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String header(HttpResponse<?> response, String name) {
    return String.join(", ", response.headers().allValues(name));
  }

  private static byte[] unpacked(byte[] body) throws IOException {
    return new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/allim.js", "/page/page.js", "/page/page.css", "/page/bell.svg"})
  void aTextIsSentAsGzipToThoseWhoTakeIt(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> plain = get(path, "identity");
    HttpResponse<byte[]> packed = get(path, "br, gzip;q=0.5");

    assertThat(header(plain, "Content-Encoding")).isEmpty();
    assertThat(header(packed, "Content-Encoding")).isEqualTo("gzip");
    assertThat(unpacked(packed.body())).isEqualTo(plain.body());
    assertThat(packed.body()).hasSizeLessThan(plain.body().length);
    for (String name : List.of("ETag", "Vary", "Cache-Control")) {
      assertThat(header(packed, name)).isEqualTo(header(plain, name)).isNotEmpty();
    }
    assertThat(header(packed, "Content-Type")).isEqualToIgnoringCase(header(plain, "Content-Type"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip;q=0, identity", "gzip; q=0.0", "br"})
  void whoRefusesGzipIsNotSentIt(String accepted) throws IOException, InterruptedException {
    assertThat(header(get("/allim.js", accepted), "Content-Encoding")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/index.html", "/problems.html"})
  void nothingButTheHubsOwnRunsInThePage(String path) {
    given()
        .get(path)
        .then()
        .header("Content-Security-Policy", startsWith("default-src 'none'; script-src 'self'; "))
        .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
        .header("Content-Security-Policy", not(containsString("unsafe")))
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer");
  }

  /** Also of a file that comes one day. */
  @Test
  void nothingIsSaidNeverToChange() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/META-INF/resources"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        given().get("/" + file.getFileName()).then().header("Cache-Control", equalTo("no-cache"));
      }
    }
  }

  @Test
  void aDateAloneDoesNotKeepAnOldPageAlive() {
    given()
        .header("If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT")
        .get("/page/page.js")
        .then()
        .statusCode(200);
  }

  @Test
  void whatIsNotThereHasNoTag() {
    given().get("/page/nothing.js").then().statusCode(404).header("ETag", emptyOrNullString());
  }
}
