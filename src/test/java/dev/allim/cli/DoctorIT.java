package dev.allim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.CommandRun;
import dev.allim.testing.HubProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor finds. */
class DoctorIT {
  @TempDir Path directory;

  private String look(HubProgram hub, int code, String... more) {
    String[] words = new String[2 + more.length];
    words[0] = "doctor";
    words[1] = hub.uri("/").toString();
    System.arraycopy(more, 0, words, 2, more.length);
    return CommandRun.of(words).ends(code).output();
  }

  @Test
  void aHubThatIsWellIsFoundWell() {
    try (HubProgram hub = HubProgram.start(directory, Map.of("allim.stream.heartbeat", "1s"))) {
      assertThat(look(hub, 0))
          .contains("reached", "greeting", "arrived", "a heartbeat came after")
          .doesNotContain("BAD");
    }
  }

  @Test
  void aHubThatKeepsSilentForLongerThanOneWaitsIsTold() {
    try (HubProgram hub = HubProgram.start(directory, Map.of("allim.stream.heartbeat", "60s"))) {
      assertThat(look(hub, 1, "--wait", "1")).contains("BAD   no heartbeat");
    }
  }

  @Test
  void aTokenIsReadBeforeItIsUsed() {
    try (HubProgram hub = HubProgram.start(directory, Map.of("allim.stream.heartbeat", "1s"))) {
      assertThat(look(hub, 1, "--token", "secret")).contains("BAD   the token is no JWT");
      assertThat(look(hub, 1, "--token", "e30.eyJleHAiOjEwMDB9.x")).contains("has expired");
      assertThat(look(hub, 1, "--token", "e30.e30.x")).contains("no exp");
    }
  }

  /** As a proxy that gathers: the head comes, and of the body nothing. */
  @Test
  void aProxyThatHoldsEventsBackIsFound() throws IOException {
    List<Socket> held = new CopyOnWriteArrayList<>();
    try (ServerSocket proxy = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread answering = new Thread(() -> answerEach(proxy, held));
      answering.setDaemon(true);
      answering.start();

      String found =
          CommandRun.of("doctor", "http://127.0.0.1:" + proxy.getLocalPort(), "--wait", "1")
              .ends(1)
              .output();

      assertThat(found)
          .contains("BAD   Nothing came", "proxy_buffering off", "taken Cache-Control away");
    } finally {
      for (Socket socket : held) {
        socket.close();
      }
    }
  }

  private static void answerEach(ServerSocket proxy, List<Socket> held) {
    try {
      while (true) {
        Socket client = proxy.accept();
        held.add(client);
        client.getInputStream().read(new byte[16]);
        client
            .getOutputStream()
            .write(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException closed) {
      if (!proxy.isClosed()) {
        throw new UncheckedIOException(closed);
      }
    }
  }
}
