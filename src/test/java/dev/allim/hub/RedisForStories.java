package dev.allim.hub;

import dev.allim.log.LogEngine;
import dev.allim.log.redis.RedisNode;
import dev.allim.testing.FreshDirectory;
import dev.allim.testing.RedisServer;
import java.time.Clock;
import java.util.Optional;

/** A real server that gives each story a log of its own. Started when the first one asks. */
final class RedisForStories implements AutoCloseable {
  private Optional<RedisServer> server = Optional.empty();
  private Optional<RedisNode> node = Optional.empty();
  private int logs;

  LogEngine open() {
    if (node.isEmpty()) {
      server = Optional.of(RedisServer.start(FreshDirectory.of("privacy-redis")));
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
