package dev.allim.log.redis;

import static dev.allim.log.Appends.append;
import static dev.allim.log.Appends.once;
import static dev.allim.log.Appends.result;
import static dev.allim.log.Notifications.note;
import static dev.allim.log.Notifications.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.allim.log.AppendRequest;
import dev.allim.log.Appends.Heard;
import dev.allim.log.LogUnavailableException;
import dev.allim.log.redis.CuttingRelay.Place;
import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import dev.allim.testing.RedisServer;
import dev.allim.topic.Topic;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The connection to Redis is reset in the middle of a publish. */
class RedisResetTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String DATA = "cut in here";

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(Place.class)
  void whatWasCutIsThereAsAWholeOrNotAndOnceWhenItIsSentAgain(Place place) {
    try (RedisServer server = RedisServer.start(directory);
        CuttingRelay relay = CuttingRelay.to(server.port());
        RedisNode direct = new RedisNode(server);
        RedisNode relayed = new RedisNode(relay.uri());
        RedisLog other = direct.open("log", Clock.systemUTC());
        RedisLog log = relayed.open("log", Clock.systemUTC())) {
      append(log, note("0", "b")); // the server has the script from now on
      Heard heard = new Heard();
      log.tail(log.status().head(), heard);
      relay.cutNext(place, DATA);

      assertThatExceptionOfType(LogUnavailableException.class)
          .isThrownBy(() -> result(log, publish()))
          .withMessageContaining("not known");
      if (place == Place.WITHIN_THE_REQUEST) {
        assertThat(readAll(other, 0, "a")).isEmpty();
      } else {
        await().atMost(PATIENCE).until(() -> readAll(other, 0, "a").size() == 1);
      }

      await()
          .atMost(PATIENCE)
          .ignoreExceptionsInstanceOf(LogUnavailableException.class)
          .until(() -> result(log, publish()) != null);
      assertThat(readAll(other, 0, "a")).containsExactly("1");
      await().atMost(PATIENCE).until(() -> !heard.ids().isEmpty());
      assertThat(heard.ids()).containsExactly("1");
    }
  }

  private static AppendRequest publish() {
    return once("key", "print", Notification.of(new EventId("1"), new Topic("a"), DATA));
  }
}
