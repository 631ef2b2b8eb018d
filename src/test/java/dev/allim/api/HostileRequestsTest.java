package dev.allim.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allim.hub.Admission;
import dev.allim.testing.Http2Bytes;
import dev.allim.testing.HubClient;
import dev.allim.testing.LogWatch;
import dev.allim.testing.RawHttp;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing that a client sends produces a 5xx or a line in the log, and the hub goes on. */
@QuarkusTest
class HostileRequestsTest {
  private static final Pattern SERVER_FAULT = Pattern.compile("HTTP/[0-9.]+ 5\\d\\d");

  /** As long as an answer may take to begin; a stream never ends, so silence ends the wait. */
  private static final int SILENCE_MILLIS = 150;

  @TestHTTPResource("/")
  URI base;

  @Inject Admission admission;

  private LogWatch log;

  @BeforeEach
  void watch() {
    log = LogWatch.start();
  }

  @AfterEach
  void nothingIsLoggedAndTheHubGoesOn() {
    await().untilAsserted(() -> assertThat(admission.streams()).isZero());
    assertThat(new HubClient(base).post("/events/after", "x").statusCode()).isEqualTo(201);
    log.close();
    assertThat(log.lines()).isEmpty();
  }

  private void send(byte[] request) {
    try (RawHttp http = RawHttp.connect(base)) {
      http.send(request);
      String answer = http.readFirst(SILENCE_MILLIS);
      String sent = new String(request, 0, Math.min(request.length, 200), StandardCharsets.UTF_8);
      assertThat(answer).as(sent).doesNotContainPattern(SERVER_FAULT);
      assertThat(answer).as(sent).doesNotContain("\tat ", "Exception");
    }
  }

  private void send(String request) {
    send(request.getBytes(StandardCharsets.ISO_8859_1));
  }

  private void get(String target, String... headers) {
    send("GET " + target + " HTTP/1.1\r\nHost: h\r\n" + lines(headers) + "\r\n");
  }

  private void post(String target, String body, String... headers) {
    send(
        "POST %s HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n%s\r\n%s"
            .formatted(target, body.length(), lines(headers), body));
  }

  private static String lines(String... headers) {
    StringBuilder lines = new StringBuilder();
    for (String header : headers) {
      lines.append(header).append("\r\n");
    }
    return lines.toString();
  }

  @Test
  void brokenTargets() {
    for (String target :
        List.of(
            "/events/%",
            "/events/%z",
            "/events/%zz",
            "/events/%2",
            "/events/%00",
            "/events/%ff",
            "/events/\u00ff",
            "/events/\u0001",
            "/events/\u00ed\u0095\u009c",
            "/events/\\",
            "/events/|",
            "/events/..%2f..%2f",
            "/events/%2e%2e%zz",
            "/../events/x",
            "/events?%zz",
            "/events?a=%",
            "/events?topic=%ff",
            "/events?=&&&==",
            "/events?topic",
            "/events??",
            "/events#a",
            "/events/a#b",
            "/%",
            "//",
            "///",
            "/events;x",
            "/events;x/y",
            "/events/;",
            "?",
            "#",
            ":",
            "http://",
            "http://[::",
            "http://h:99999/events/t",
            "ftp://h/events/t",
            "events",
            "*",
            "/events/" + "a".repeat(60_000),
            "/events/" + "a".repeat(70_000),
            "/events?" + "topic=a&".repeat(5_000),
            "/events/" + "%7Ba%7D/".repeat(3_000),
            "/events/" + "/..".repeat(5_000),
            "/events?topic=" + "%7B".repeat(1000),
            "/q/health",
            "/q/..;/events",
            "/events/{a}",
            "/events/a b")) {
      get(target);
      post(target, "x");
    }
  }

  @Test
  void brokenHeaders() {
    for (String header :
        List.of(
            "Accept: ;;;",
            "Accept: ,",
            "Accept: /",
            "Accept: a/",
            "Accept: */",
            "Accept: */*;q=x",
            "Accept: text/event-stream;q=-1",
            "Accept: text/event-stream;q=99999999999999999999",
            "Accept: text/event-stream;q=NaN",
            "Accept: text/event-stream;a=\"",
            "Accept: \"",
            "Accept:",
            "Accept: " + "a/b,".repeat(1500),
            "Content-Type: ;",
            "Content-Type: /",
            "Content-Type: application/json; charset=nope",
            "Content-Type: application/json;charset",
            "Content-Type: \u00ff",
            "Content-Type: application/json, application/json",
            "Content-Type: multipart/form-data",
            "Content-Type: multipart/form-data; boundary=",
            "Content-Type: application/x-www-form-urlencoded; charset=\"",
            "Content-Encoding: gzip",
            "Accept-Charset: nope",
            "Accept-Language: ;q=x",
            "Accept-Encoding: ;;q=",
            "Host: [",
            "Host: a:b:c",
            "Host: \u00ff",
            "Origin: \u00ff",
            "Origin: null",
            "Cookie: ;=;=",
            "Cookie: a=\"",
            "Range: bytes=9-1",
            "If-Modified-Since: yesterday",
            "Expect: 100-maybe",
            "Last-Event-ID: \u00ff\u00fe",
            "Last-Event-ID: earliest",
            "Last-Event-ID: #",
            "Last-Event-ID: " + "x".repeat(300),
            "Last-Event-ID: \u00c2\u0085",
            "Last-Event-ID: \u007f",
            "Authorization: Basic ===",
            "Authorization: Bearer",
            "Forwarded: for=\"",
            "X-Forwarded-Host: [",
            "X-Forwarded-Proto: ://",
            "X-HTTP-Method-Override: DELETE",
            "Connection: close, upgrade",
            "Upgrade: websocket\r\nConnection: Upgrade",
            "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: ????",
            "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings:",
            "Transfer-Encoding: gzip",
            "Transfer-Encoding: chunked, chunked",
            "No colon",
            " folded: x",
            "X: " + "a".repeat(20_000),
            "\u00ff: x",
            ": empty",
            "X: a\u0000b")) {
      get("/events/hostile", header);
      post("/events/hostile", "{}", header);
      post("/events", "{\"topic\":\"hostile\"}", header);
    }
  }

  @Test
  void aSecondContentTypeThatIsNone() {
    for (String second : List.of("/", ";", "application/json; charset=\"", "text/plain")) {
      post("/events/typed", "x", "Content-Type: text/plain", "Content-Type: " + second);
      post("/events", "{}", "Content-Type: application/json", "Content-Type: " + second);
      post("/events", "{}", "Content-Type: " + second, "Content-Type: application/json");
    }
  }

  /** Names of one length are one to a table that hashes by 33 and adds: "Ab" as "BA". */
  @Test
  void namesThatCollide() {
    StringBuilder names = new StringBuilder("{\"topic\":\"t\"");
    for (int i = 0; i < 1024; i++) {
      names.append(",\"");
      for (int bit = 0; bit < 10; bit++) {
        names.append((i >> bit & 1) == 0 ? "Ab" : "BA");
      }
      names.append("\":0");
    }
    for (java.nio.charset.Charset charset :
        List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE)) {
      byte[] body = names.append('}').toString().getBytes(charset);
      byte[] head =
          "POST /events HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
              .formatted(body.length)
              .getBytes(StandardCharsets.US_ASCII);
      byte[] request = java.util.Arrays.copyOf(head, head.length + body.length);
      System.arraycopy(body, 0, request, head.length, body.length);
      send(request);
      names.setLength(names.length() - 1);
    }
  }

  @Test
  void manyHeaders() {
    get("/events/hostile", "X: y\r\n".repeat(3000) + "Z: z");
  }

  @Test
  void oddMethodsAndVersions() {
    for (String line :
        List.of(
            "FOO /events/t HTTP/1.1",
            "get /events/t HTTP/1.1",
            "TRACE /events/t HTTP/1.1",
            "CONNECT h:1 HTTP/1.1",
            "PRI * HTTP/2.0",
            "OPTIONS * HTTP/1.1",
            "DELETE /events HTTP/1.1",
            "PUT /events/t HTTP/1.1",
            "PATCH /events HTTP/1.1",
            "GET /events/t HTTP/9.9",
            "GET /events/t HTTP/0.9",
            "GET /events/t",
            "GET",
            "",
            " ",
            "\u0000\u0001\u0002",
            "\u0016\u0003\u0001\u0002\u0000\u0001",
            "SSH-2.0-x",
            "GET /events/t HTTP/1.1 x",
            "A".repeat(5000) + " /events/t HTTP/1.1",
            "GET\t/events/t\tHTTP/1.1")) {
      send(line + "\r\nHost: h\r\n\r\n");
      send(line + "\r\n\r\n");
    }
  }

  @Test
  void brokenBodies() {
    List<String> framings =
        List.of(
            "Content-Length: x\r\n\r\n{}",
            "Content-Length: -1\r\n\r\n{}",
            "Content-Length: 1e3\r\n\r\n{}",
            "Content-Length: 99999999999999999999\r\n\r\n{}",
            "Content-Length: 9999999999\r\n\r\n{}",
            "Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
            "Content-Length: 5\r\n\r\n{}",
            "Content-Length: 2\r\n\r\n{}trailing garbage",
            "Content-Length:\r\n\r\n{}",
            "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
            "Transfer-Encoding: chunked\r\n\r\n-1\r\n",
            "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
            "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nTrailer: \u0000\r\n\r\n",
            "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
            "Expect: 100-continue\r\nContent-Length: 99999999\r\n\r\n",
            "Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n");
    for (String framing : framings) {
      send("POST /events/hostile HTTP/1.1\r\nHost: h\r\n" + framing);
      send("POST /events HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n" + framing);
    }
  }

  @Test
  void garbageForJson() {
    for (String body :
        List.of(
            "",
            "\u0000",
            "\u00ef\u00bb\u00bf{}",
            "\u00fe\u00ff\u0000{",
            "[[[[",
            "{{{{",
            "]",
            "\"",
            "\"\\u",
            "\"\\ud800",
            "-",
            "01",
            "1e999999999",
            "[1e999999999]",
            "{\"topic\":1e-999999999}",
            "tru",
            "/*",
            "{\"\":\"\"}",
            "{\"topic\":{}}",
            "{\"topics\":{}}",
            "{\"topics\":[[]]}",
            "{\"topics\":[null]}",
            "{\"topic\":\"t\",\"retry\":1e2147483647}",
            "{\"topic\":\"t\",\"retry\":9223372036854775808}",
            "{\"topic\":\"t\",\"data\":1e2147483647}",
            "{\"topic\":\"t\",\"data\":-1e-2147483648}",
            "{\"topic\":\"t\",\"data\":" + "9".repeat(2000) + "}",
            "{\"topic\":\"t\",\"data\":" + "[".repeat(900) + "]".repeat(900) + "}",
            "{\"topic\":\"t\",\"data\":" + "{\"a\":".repeat(5000),
            "{\"" + "k".repeat(60_000) + "\":1}",
            "[null]",
            "[[]]",
            "{\"topic\":\"t\"}\u0000")) {
      post("/events", body, "Content-Type: application/json");
      post("/events", body, "Content-Type: application/x-ndjson");
    }
  }

  @Test
  void http2OfTheWrongKind() {
    byte[] good = Http2Bytes.get("/events/hostile");
    send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\ngarbage that is no frame at all");
    send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    send(Http2Bytes.get(""));
    send(Http2Bytes.get("events"));
    send(Http2Bytes.get("/events/%zz"));
    send(Http2Bytes.get("/events/../x?topic=%ff"));
    Random random = new Random(1);
    for (int i = 0; i < 40; i++) {
      byte[] mutant = good.clone();
      mutant[24 + random.nextInt(good.length - 24)] = (byte) random.nextInt(256);
      send(mutant);
    }
  }

  /** Valid requests with a few bytes changed; the seed makes a failure repeatable. */
  @Test
  void mutants() {
    List<String> seeds = new ArrayList<>();
    seeds.add(
        "GET /events/a%20b?lastEventId=x HTTP/1.1\r\nHost: h\r\nAccept: text/event-stream\r\n\r\n");
    seeds.add(
        "GET /events?topic=a&topic=%7Bb%7D HTTP/1.1\r\nHost: h\r\nLast-Event-ID: urn:x\r\n\r\n");
    seeds.add(
        "POST /events/a?event=e&id=i&retry=1 HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nok");
    seeds.add(
        "POST /events HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: 26\r\n\r\n"
            + "{\"topic\":\"a\",\"data\":[1,2]}");
    seeds.add(
        "POST /events HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-ndjson\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n1a\r\n{\"topic\":\"a\",\"data\":[1,2]}\r\n0\r\n\r\n");
    Random random = new Random(42);
    for (int round = 0; round < 200; round++) {
      byte[] mutant = seeds.get(round % seeds.size()).getBytes(StandardCharsets.ISO_8859_1);
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
      }
      send(mutant);
    }
  }
}
