package dev.allim.runtime;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/** What development mode says last, to somebody who may see the hub for the first time. */
public final class Welcome implements QuarkusApplication {
  private static final Logger LOG = Logger.getLogger(Welcome.class);

  @Override
  public int run(String... arguments) {
    Optional<Integer> port =
        ConfigProvider.getConfig().getOptionalValue("quarkus.http.port", Integer.class);
    LOG.infof(
        "Look at http://localhost:%1$d/ and listen with: curl -N localhost:%1$d/events",
        port.orElse(8080));
    Quarkus.waitForExit();
    return 0;
  }
}
