package dev.allim.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allim.testing.HubProgram;
import dev.allim.testing.Signals;
import dev.allim.testing.Tokens;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGHUP, by which daemons are told to read anew. */
class HangUpIT {
  @TempDir Path directory;

  private static int publish(HubProgram hub) {
    Tokens token =
        Tokens.shared()
            .lasting(Duration.ofMinutes(10), Instant.now())
            .granting(List.of("{+any}"), List.of());
    return hub.client()
        .send(
            HttpRequest.newBuilder(hub.uri("/events/a"))
                .header("Authorization", token.bearer())
                .POST(BodyPublishers.ofString("x")))
        .statusCode();
  }

  @Test
  void keysAreReadAnewThoughTheirFileLooksUntouched() throws IOException {
    Path file = Files.writeString(directory.resolve("secret"), Tokens.SECRET);
    FileTime stamp = Files.getLastModifiedTime(file);
    try (HubProgram hub =
        HubProgram.start(directory, Map.of("allim.auth.secret", "file:" + file))) {
      assertThat(publish(hub)).isEqualTo(201);
      Files.writeString(file, Tokens.SECRET.toUpperCase(Locale.ROOT));
      Files.setLastModifiedTime(file, stamp);

      Signals.send("HUP", hub.process());

      await().atMost(Duration.ofSeconds(30)).until(() -> publish(hub) == 401);
      assertThat(hub.process().isAlive()).isTrue();
    }
  }
}
