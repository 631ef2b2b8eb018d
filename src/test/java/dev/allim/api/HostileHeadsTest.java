package dev.allim.api;

import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Targets, headers, methods and versions that nobody should send. */
@QuarkusTest
class HostileHeadsTest extends HostileClient {
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
}
