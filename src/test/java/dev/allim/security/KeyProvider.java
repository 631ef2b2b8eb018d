package dev.allim.security;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A provider of keys, whose answers can be changed and are counted. */
final class KeyProvider implements AutoCloseable {
  private final HttpServer server;
  final AtomicReference<String> keys = new AtomicReference<>("");
  final AtomicReference<String> name = new AtomicReference<>("");
  final AtomicInteger asked = new AtomicInteger();

  KeyProvider() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    name.set(uri(""));
    server.createContext(
        "/keys",
        exchange -> {
          asked.incrementAndGet();
          byte[] body = keys.get().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(
              body.length == 0 ? 500 : 200, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.createContext(
        "/.well-known/openid-configuration",
        exchange -> {
          byte[] body =
              "{\"issuer\":\"%s\",\"jwks_uri\":\"%s\"}"
                  .formatted(name.get(), uri("/keys"))
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  String uri(String path) {
    return "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
