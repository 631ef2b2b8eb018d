package dev.allim.runtime;

import dev.allim.cli.Tools;
import dev.allim.http.route.RequestTarget;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Arrays;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

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

  /** Netty then asks {@code dev.allim.wire.UpgradeRules} about each connection. */
  private static final String EXTENSIONS = "io.netty.bootstrap.extensions";

  /**
   * What is said before logging is configured, as a value there that cannot be read: in one line.
   */
  private static final String EARLY_FORMAT = "java.util.logging.SimpleFormatter.format";

  private static final String[] SERVE = {"serve"};

  /** No application class of our own: Quarkus waits until it is told to end. */
  private static final @Nullable Class<? extends QuarkusApplication> AS_IT_IS = null;

  /** For the container, which knows every main class as a bean. */
  Main() {}

  /**
   * Serves, or does what else was asked for. A hub that was not asked for anything else must not
   * wait for a command line to be understood.
   */
  public static void main(String... arguments) {
    if (isDevelopment() || arguments.length == 0 || Arrays.equals(arguments, SERVE)) {
      serve();
    } else {
      System.exit(Tools.run(Main::serve, arguments));
    }
  }

  /**
   * Runs until it is told to end. A start that fails says why in one line and ends with 1; the
   * stack is for the level DEBUG of this class.
   */
  private static void serve() {
    System.setProperty(ACCEPT_EVERY_TARGET, "true");
    System.setProperty(EXTENSIONS, "serviceload");
    System.setProperty(EARLY_FORMAT, "%1$tF %1$tT,%1$tL %4$-5s [%3$s] (main) %5$s%n");
    if (isDevelopment()) {
      // It survives a fault and shows it in the browser.
      Quarkus.run(Welcome.class);
    } else {
      Quarkus.run(AS_IT_IS, Main::end);
    }
  }

  /** By who loaded this class, as {@code LaunchMode} is not set before the program is made. */
  private static boolean isDevelopment() {
    ClassLoader loader = Main.class.getClassLoader();
    return loader != null && loader.getClass().getSimpleName().equals("QuarkusClassLoader");
  }

  private static void end(int code, @Nullable Throwable failure) {
    if (failure != null) {
      // Not before: whoever asks for a logger first decides which log manager the JVM has.
      Logger log = Logger.getLogger(Main.class);
      log.errorf("Allim cannot start: %s", StartFault.words(failure));
      log.debug("Where it failed", failure);
    }
    System.exit(code);
  }
}
