package dev.allim.api;

import dev.allim.testing.Http2Bytes;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bodies that nobody should send, HTTP/2 of the wrong kind, and mutants of valid requests. */
@QuarkusTest
class HostileRequestsTest extends HostileClient {
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
