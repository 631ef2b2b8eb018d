package dev.allim.log.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.log.EventLogContract;
import dev.allim.log.LogEngine;
import dev.allim.log.append.SideRoom;
import dev.allim.testing.RedisServer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every engine promises, on a real server. */
class RedisLogTest extends EventLogContract {
  private static final AtomicInteger LOGS = new AtomicInteger();

  @TempDir static Path directory;
  private static RedisServer server;
  private static RedisNode node;

  @BeforeAll
  static void startServer() {
    server = RedisServer.start(directory);
    node = new RedisNode(server);
  }

  @AfterAll
  static void stopServer() {
    if (node != null) {
      node.close();
      server.close();
    }
  }

  private static String newName() {
    return "log" + LOGS.incrementAndGet();
  }

  @Override
  public LogEngine open(Clock clock) {
    return node.open(newName(), clock);
  }

  @Override
  public LogEngine open(SideRoom beside) {
    return node.open(RedisNode.settings(newName(), beside), clock);
  }

  @Test
  void saysThatItLasts() {
    assertThat(log().durable()).isTrue();
  }
}
