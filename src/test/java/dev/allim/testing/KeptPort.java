package dev.allim.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for a program that is to have it again after it was killed: below those that the system
 * gives to whoever connects or listens meanwhile.
 */
final class KeptPort {
  private static final int FIRST = 10_000;
  private static final int BEHIND_LAST = 32_000;

  private KeptPort() {}

  /** One that nobody has now. */
  static int choose() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, BEHIND_LAST);
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (IOException taken) {
        // another one, then
      }
    }
  }
}
