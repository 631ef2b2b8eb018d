package dev.allim.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.testing.HubClient;
import dev.allim.testing.HubProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Scanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program with a certificate of its own: nothing of a stream passes unencrypted. */
class TlsIT {
  private static final int PATIENCE_MILLIS = 10_000;

  @TempDir Path directory;

  @Test
  void whatIsPublishedArrivesEncrypted() throws Exception {
    Path keys = TlsKeys.make(directory);
    int port = freePort();
    try (HubProgram hub =
            HubProgram.start(
                directory,
                Map.of(
                    "quarkus.http.ssl-port", String.valueOf(port),
                    "quarkus.http.ssl.certificate.key-store-file", keys.toString(),
                    "quarkus.http.ssl.certificate.key-store-password", TlsKeys.PASSWORD));
        Socket socket = TlsKeys.trusting(keys).getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      Scanner stream = ask(socket);
      new HubClient(hub.uri("/")).post("/events/orders/42", "shipped");
      new HubClient(hub.uri("/")).post("/events/orders/42", "x".repeat(200_000));

      assertThat(stream.findWithinHorizon("data: shipped\n\n", 1000)).isNotNull();
      assertThat(stream.findWithinHorizon("data: x{200000}\n\n", 300_000)).isNotNull();
    }
  }

  private static Scanner ask(Socket socket) throws IOException {
    String request = "GET /events/orders/42 HTTP/1.1\r\nHost: hub\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    Scanner stream = new Scanner(socket.getInputStream(), StandardCharsets.UTF_8);
    assertThat(stream.findWithinHorizon("HTTP/1.1 200 OK(?s:.*?)\n\n", 2000)).isNotNull();
    return stream;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
