package dev.allim.log.redis;

import static dev.allim.log.Appends.append;
import static dev.allim.log.Locations.find;
import static dev.allim.log.Notifications.note;
import static dev.allim.log.Notifications.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.allim.log.Appends.Heard;
import dev.allim.log.LogUnavailableException;
import dev.allim.notification.EventId;
import dev.allim.testing.HandClock;
import dev.allim.testing.RedisServer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two versions of the program share a log while one takes the other's place. */
class RedisVersionsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** What the next version would append, with a field that this one has never heard of. */
  private static final String NEXT_VERSION =
      """
      local at = redis.call('HINCRBY', KEYS[2], 'head', 1)
      redis.call('XADD', KEYS[1], at .. '-0', 'i', 'of-next', 't', 'a', 'd', 'hello', 'a', '1', 'zz', 'new')
      return at
      """;

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

  @Test
  void whatTheNextVersionAddsIsHeardAndLeftAlone() {
    String base = RedisNode.settings("versions").base();
    try (RedisLog log = node.open("versions", new HandClock())) {
      Heard heard = new Heard();
      log.tail(0, heard);
      append(log, note("1", "a"));

      node.ask(
          Request.cmd(Command.EVAL).arg(NEXT_VERSION).arg(2).arg(base + "log").arg(base + "meta"));

      await().atMost(PATIENCE).until(() -> heard.ids().size() == 2);
      append(log, note("3", "a"));
      assertThat(readAll(log, 0, "a")).containsExactly("1", "of-next", "3");
      assertThat(find(log, new EventId("3"))).hasValue(3);
      assertThat(
              node.ask(Request.cmd(Command.XRANGE).arg(base + "log").arg("2").arg("2")).toString())
          .contains("zz", "new");
    }
  }

  @Test
  void aLogOfANewerFormIsRefusedInWordsAndStaysAsItIs() {
    String meta = RedisNode.settings("newer").base() + "meta";
    node.ask(Request.cmd(Command.HSET).arg(meta).arg("form").arg("2"));

    assertThatThrownBy(() -> node.open("newer", new HandClock()).close())
        .isInstanceOf(LogUnavailableException.class)
        .hasMessageContaining("newer version");
    assertThat(node.ask(Request.cmd(Command.HLEN).arg(meta)).toLong()).isOne();
  }
}
