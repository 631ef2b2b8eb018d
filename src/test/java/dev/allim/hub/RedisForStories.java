package dev.allim.hub;

import dev.allim.log.LogEngine;
import dev.allim.log.redis.RedisNode;
import dev.allim.testing.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Optional;

/** A real server that gives each story a log of its own. Started when the first one asks. */
final class RedisForStories implements AutoCloseable {
  private Optional<RedisServer> server = Optional.empty();
  private Optional<RedisNode> node = Optional.empty();
  private int logs;

  LogEngine open() throws IOException {
    if (node.isEmpty()) {
      server = Optional.of(RedisServer.start(Files.createTempDirectory("allim-privacy-redis")));
      node = server.map(RedisNode::new);
    }
    return node.orElseThrow().open("story" + logs++, Clock.systemUTC());
  }

  @Override
  public void close() {
    node.ifPresent(RedisNode::close);
    server.ifPresent(RedisServer::close);
  }
}
