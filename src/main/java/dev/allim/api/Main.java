package dev.allim.api;

import dev.allim.http.RequestTarget;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * Starts the program. Before anything else it has the server accept request targets that are no
 * URIs in the strict sense: browsers send the braces of {@code new
 * EventSource('/events?topic=orders/{id}')} as they are (WHATWG URL, query percent-encode set), and
 * an {@code EventSource} that got a 400 for it would never come back. {@link RequestTarget} checks
 * what matters.
 */
@QuarkusMain
public final class Main {
  /** Read by Quarkus' HTTP server once, when its class is initialised. */
  private static final String ACCEPT_EVERY_TARGET = "vertx.disableURIValidation";

  /** Netty then asks {@code dev.allim.sse.UpgradeRules} about each connection. */
  private static final String EXTENSIONS = "io.netty.bootstrap.extensions";

  private Main() {}

  /** Runs until it is told to end. */
  public static void main(String... arguments) {
    System.setProperty(ACCEPT_EVERY_TARGET, "true");
    System.setProperty(EXTENSIONS, "serviceload");
    Quarkus.run(arguments);
  }
}
