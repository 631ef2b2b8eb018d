package dev.allim.bench.cases;

import dev.allim.bench.server.Server;

/** A server's processor time and the time on the wall, from one moment on. */
final class Watch {
  private final Server server;
  private final long start;
  private final double cpuBefore;

  Watch(Server server) {
    this.server = server;
    this.cpuBefore = server.usage().cpuSeconds();
    this.start = System.nanoTime();
  }

  double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  double cpuSeconds() {
    return server.usage().cpuSeconds() - cpuBefore;
  }
}
