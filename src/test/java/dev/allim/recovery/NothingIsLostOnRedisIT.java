package dev.allim.recovery;

import dev.allim.testing.FreshDirectory;
import dev.allim.testing.HubProgram;
import dev.allim.testing.RedisServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Two nodes: who comes back, comes to the other. */
class NothingIsLostOnRedisIT extends NothingIsLostContract {
  private static Optional<RedisServer> redis = Optional.empty();

  @BeforeContainer
  static void start() {
    Path directory = FreshDirectory.of("nothing-lost");
    RedisServer server = RedisServer.start(directory);
    redis = Optional.of(server);
    Map<String, String> settings = new HashMap<>(SMALL);
    settings.put("allim.history.engine", "redis");
    settings.put("quarkus.redis.hosts", server.uri());
    testing(List.of(HubProgram.start(directory, settings), HubProgram.start(directory, settings)));
  }

  @AfterContainer
  static void stop() {
    stopAll();
    redis.ifPresent(RedisServer::close);
  }
}
