package dev.allim.wire;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/**
 * How long a head may be, as Quarkus has configured the server. Known to all: Netty makes what asks
 * for it, and knows nothing of this program's parts.
 *
 * @param line bytes of the request line, {@code quarkus.http.limits.max-initial-line-length}
 * @param headers bytes of all headers, {@code quarkus.http.limits.max-header-size}
 */
record HeadSizes(int line, int headers) {
  /** Written at the start, before anybody can connect. */
  private static volatile HeadSizes known = of(new HttpServerOptions());

  private static HeadSizes of(HttpServerOptions options) {
    return new HeadSizes(options.getMaxInitialLineLength(), options.getMaxHeaderSize());
  }

  static HeadSizes known() {
    return known;
  }

  /** Is shown the options of each server before it listens. */
  @Singleton
  static class Reader implements HttpServerOptionsCustomizer {
    @Override
    public void customizeHttpServer(HttpServerOptions options) {
      known = of(options);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
      known = of(options);
    }
  }
}
