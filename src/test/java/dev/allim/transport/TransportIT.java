package dev.allim.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubProgram;
import dev.allim.testing.SseClient;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Epoll where the platform has it, NIO elsewhere: what is published arrives over both. */
class TransportIT {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsPublishedArrives(boolean epoll) throws IOException, InterruptedException {
    try (HubProgram hub =
            HubProgram.start(
                directory, Map.of("quarkus.vertx.prefer-native-transport", String.valueOf(epoll)));
        SseClient reader = SseClient.open(hub.uri("/events/orders/42"))) {
      reader.nextRetry();
      int status = publish(hub);

      assertThat(status).isEqualTo(201);
      assertThat(reader.next().data()).isEqualTo("shipped");
      assertThat(usesEpoll(hub)).isEqualTo(epoll && platformHasEpoll());
    }
  }

  private static int publish(HubProgram hub) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(hub.uri("/events/orders/42"))
            .POST(HttpRequest.BodyPublishers.ofString("shipped"))
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  /** Whether the process has Netty's library for it loaded. */
  private static boolean usesEpoll(HubProgram hub) throws IOException {
    Path maps = Path.of("/proc", String.valueOf(hub.process().pid()), "maps");
    return Files.exists(maps) && Files.readString(maps).contains("netty_transport_native_epoll");
  }

  private static boolean platformHasEpoll() {
    return Files.exists(Path.of("/proc/self/maps"));
  }
}
