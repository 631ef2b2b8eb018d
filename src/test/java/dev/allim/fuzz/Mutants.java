package dev.allim.fuzz;

import dev.allim.testing.Tokens;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Requests with something wrong about them, the same ones for the same seed: valid ones of every
 * kind that the hub answers, with bytes changed, cut, doubled and crossed, and bodies that are
 * small to send and large to read.
 */
final class Mutants {
  private static final int MOST_CHANGES = 4;
  private static final int MOST_BYTES = 64 * 1024;

  /** What parsers stumble over. */
  private static final List<String> TOKENS =
      List.of(
          "\r\n",
          "\r\n\r\n",
          "\0",
          "%00",
          "%",
          "%ff",
          "{+a}",
          "{",
          "..",
          ";",
          "\u00ff",
          "*",
          "Content-Length: 99999999999999999999\r\n",
          "Content-Length: -1\r\n",
          "Transfer-Encoding: chunked\r\n",
          "Transfer-Encoding: gzip, chunked\r\n",
          "Expect: 100-continue\r\n",
          "Upgrade: websocket\r\nConnection: Upgrade\r\n",
          "Connection: close\r\n",
          "Last-Event-ID: \u0001\r\n",
          "Accept: application/json\r\n",
          "Content-Type: /\r\n",
          "X-Forwarded-For: unknown\r\n",
          "HTTP/1.0",
          "HTTP/2.0",
          "1e999999",
          "\\ud800",
          "[[[[",
          "}}}}",
          "0\r\n\r\n",
          "ffffffffffffffff\r\n",
          "?topic=",
          "&since=",
          "Authorization: Bearer \r\n",
          "Authorization: Bearer a.b.c\r\n",
          "Cookie: allim=\u00ff\r\n",
          "?access_token=x",
          "\u00c0\u0080",
          "\u00ed\u00a0\u0080",
          "1;\r\n",
          "0;x\r\nA: b\r\n\r\n",
          "&limit=-1");

  /** The same in every run, and good until 2036. */
  private static final String TOKEN =
      Tokens.shared()
          .lasting(Duration.ofDays(3650), Instant.parse("2026-01-01T00:00:00Z"))
          .of("fuzz")
          .granting(List.of("fuzz/{+all}"), List.of("fuzz/{id}"))
          .text();

  private static final String UNSIGNED =
      Tokens.joined("{\"alg\":\"none\"}", "{\"exp\":4102444800}", Optional.empty());

  private static final List<byte[]> SEEDS =
      List.of(
          get("/events/fuzz/a%20b?lastEventId=x", "1.1", "Accept: text/event-stream"),
          get("/events?topic=fuzz/a&topic=fuzz%2F%7Bb%7D", "1.1", "Last-Event-ID: urn:x"),
          get("/events/fuzz/old", "1.0", "Connection: keep-alive"),
          get("/events/fuzz/page?since=earliest&limit=3", "1.1", "Accept: application/json"),
          get("/events?since=10m&topic=fuzz/%7B+all%7D", "1.1", "Accept: application/json"),
          get("/events/fuzz/body", "1.1", "Content-Length: 0"),
          get(
              "/events/fuzz/up",
              "1.1",
              "Connection: Upgrade, HTTP2-Settings",
              "Upgrade: h2c",
              "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA"),
          post("/events/fuzz/a?event=e&retry=1&ttl=1m", "text/plain", "ok"),
          post("/events/fuzz/a?delay=1s&key=k", "text/plain", "later"),
          post(
              "/events",
              "application/json",
              "{\"topic\":\"fuzz/a\",\"data\":[1,2],\"ttl\":\"1m\"}"),
          post(
              "/events",
              "application/json",
              "[{\"topic\":\"fuzz/a\"},{\"topics\":[\"fuzz/b\",\"fuzz/c\"]}]"),
          post(
              "/events",
              "application/x-ndjson",
              "{\"topic\":\"fuzz/a\"}\n{\"topic\":\"fuzz/b\"}\n"),
          ascii(
              "POST /events/fuzz/chunks HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                  + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"),
          ascii(
              "POST /events HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-ndjson\r\n"
                  + "Transfer-Encoding: chunked\r\nTrailer: X\r\n\r\n"
                  + "12;name=value\r\n{\"topic\":\"fuzz/a\"}\r\n1\r\n\n\r\n"
                  + "12;\"q\"=\"\\\"\"\r\n{\"topic\":\"fuzz/b\"}\r\n0\r\nX: y\r\n\r\n"),
          utf8("/events", "application/json", "{\"topic\":\"fuzz/알림\",\"data\":\"é\uD83D\uDD14\"}"),
          utf8("/events/fuzz/%EC%95%8C?event=%F0%9F%94%94", "text/plain", "알림 \uD83D\uDD14"),
          with(post("/events/fuzz/a", "text/plain", "granted"), "Authorization: Bearer " + TOKEN),
          with(get("/events/fuzz/a", "1.1"), "Authorization: Bearer " + UNSIGNED),
          with(
              get("/events/fuzz/page", "1.1", "Accept: application/json"),
              "Cookie: allim=" + TOKEN),
          with(
              ascii("DELETE /events/fuzz/a HTTP/1.1\r\nHost: h\r\n\r\n"),
              "Authorization: " + TOKEN),
          post("/events", "application/json", "{\"topic\":\"fuzz/a\",\"private\":true}"),
          with(
              post("/events", "application/json", "{\"topic\":\"fuzz/a\",\"private\":true}"),
              "Authorization: Bearer " + TOKEN),
          with(
              post("/events/fuzz/a?private=true", "text/plain", "hidden"),
              "Authorization: Bearer " + TOKEN),
          post("/tickets", "text/plain", ""),
          post("/revocations", "application/json", "{\"sub\":\"fuzz\"}"),
          get("/subscriptions", "1.1", "Accept: application/json"),
          get("/events/fuzz/a?ticket=abc", "1.1"),
          ascii("DELETE /events/fuzz/a HTTP/1.1\r\nHost: h\r\n\r\n"),
          ascii("DELETE /events?id=fuzz HTTP/1.1\r\nHost: h\r\n\r\n"),
          ascii("HEAD /events/fuzz/a HTTP/1.1\r\nHost: h\r\n\r\n"),
          ascii("OPTIONS /events/fuzz/a HTTP/1.1\r\nHost: h\r\nOrigin: http://o\r\n\r\n"),
          http2("/events/fuzz/two", false),
          http2("/events/fuzz/two", true),
          join(
              post("/events/fuzz/one", "text/plain", "1"),
              post("/events", "application/x-ndjson", "{\"topic\":\"fuzz/two\"}\n"),
              get("/events/fuzz/one?limit=1", "1.1", "Accept: application/json"),
              ascii("HEAD /events/fuzz/a HTTP/1.1\r\nHost: h\r\n\r\n"),
              get("/nothing", "1.1"),
              post("/events/fuzz/three", "text/plain", "3")),
          join(post("/events/fuzz/first", "text/plain", "1"), get("/events/fuzz/then", "1.1")),
          join(get("/events/fuzz/stream", "1.1"), post("/events/fuzz/behind", "text/plain", "2")));

  private final Random random;

  Mutants(long seed) {
    this.random = new Random(seed);
  }

  /** The next one. */
  byte[] next() {
    if (random.nextInt(50) == 0) {
      return bomb();
    }
    byte[] mutant = seed();
    for (int changes = random.nextInt(MOST_CHANGES + 1); changes > 0; changes--) {
      mutant = change(mutant);
    }
    return Arrays.copyOf(mutant, Math.min(mutant.length, MOST_BYTES));
  }

  /** How a client leaves that has sent one. */
  boolean resets() {
    return random.nextBoolean();
  }

  private byte[] seed() {
    return SEEDS.get(random.nextInt(SEEDS.size())).clone();
  }

  private byte[] change(byte[] from) {
    int at = random.nextInt(Math.max(1, from.length));
    return switch (random.nextInt(6)) {
      case 0 -> set(from, at);
      case 1 -> Arrays.copyOf(from, at);
      case 2 ->
          join(
              Arrays.copyOf(from, at),
              rest(from, Math.min(from.length, at + 1 + random.nextInt(8))));
      case 3 ->
          join(
              Arrays.copyOf(from, at),
              ascii(TOKENS.get(random.nextInt(TOKENS.size()))),
              rest(from, at));
      case 4 -> join(from, rest(from, at));
      default -> join(Arrays.copyOf(from, at), rest(seed(), 0));
    };
  }

  private byte[] set(byte[] bytes, int at) {
    if (bytes.length > 0) {
      bytes[at] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  /** Small, or at least possible, to send; dear to read. */
  private byte[] bomb() {
    int size = 1 << (10 + random.nextInt(9));
    return switch (random.nextInt(7)) {
      case 0 -> post("/events", "application/json", "[".repeat(size));
      case 1 -> post("/events", "application/json", "{\"data\":".repeat(size / 8));
      case 2 -> post("/events", "application/json", "[" + "{},".repeat(size / 3) + "{}]");
      case 3 ->
          post(
              "/events",
              "application/json",
              "{\"topic\":\"fuzz/n\",\"data\":1" + "0".repeat(size) + "}");
      case 4 ->
          post("/events", "application/x-ndjson", "\n".repeat(size) + "{\"topic\":\"fuzz/l\"}");
      case 5 ->
          post("/events", "application/x-ndjson", "{\"topic\":\"fuzz/l\"}\n".repeat(size / 18));
      default -> post("/events/fuzz/feeds", "text/plain", "\n".repeat(Math.min(size, 256 * 1024)));
    };
  }

  // ---- how they are made

  private static byte[] get(String target, String version, String... headers) {
    StringBuilder head =
        new StringBuilder("GET " + target + " HTTP/" + version + "\r\nHost: h\r\n");
    Arrays.stream(headers).forEach(header -> head.append(header).append("\r\n"));
    return ascii(head + "\r\n");
  }

  /** The same with a header, the first. */
  private static byte[] with(byte[] request, String header) {
    String text = new String(request, StandardCharsets.ISO_8859_1);
    return ascii(text.replaceFirst("\r\nHost: h\r\n", "\r\nHost: h\r\n" + header + "\r\n"));
  }

  private static byte[] utf8(String target, String type, String body) {
    return post(
        target,
        type,
        new String(body.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
  }

  private static byte[] post(String target, String type, String body) {
    return ascii(
        "POST %s HTTP/1.1\r\nHost: h\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(target, type, body.length(), body));
  }

  /** With prior knowledge (RFC 9113, 3.3): preface, settings, a request on stream 1. */
  private static byte[] http2(String path, boolean endless) {
    byte[] headers =
        join(
            new byte[] {(byte) 0x82, (byte) 0x86, 4, (byte) path.length()},
            ascii(path),
            new byte[] {1, 1},
            ascii("h"));
    byte[] window = {0, 4, 0, 0, 0, 1}; // one byte at a time
    return join(
        ascii("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        frame(4, 0, 0, endless ? window : new byte[0]),
        frame(1, endless ? 4 : 5, 1, headers),
        frame(8, 0, 0, new byte[] {0, 1, 0, 0}));
  }

  private static byte[] frame(int type, int flags, int stream, byte[] payload) {
    byte[] head = {
      0,
      (byte) (payload.length >> 8),
      (byte) payload.length,
      (byte) type,
      (byte) flags,
      0,
      0,
      0,
      (byte) stream
    };
    return join(head, payload);
  }

  private static byte[] rest(byte[] bytes, int from) {
    return Arrays.copyOfRange(bytes, from, bytes.length);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(all::writeBytes);
    return all.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
