package dev.allim.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allim.testing.HubProgram;
import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.RedisServer;
import dev.allim.testing.Requires;
import dev.allim.testing.SseClient;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The ways to reach Redis, each with real servers: what the keys {@code quarkus.redis.*} promise.
 */
class RedisWaysIT extends WithRedisServers {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** All that a hub needs, as src/docs/redis.md has it. */
  private static final List<String> LEAST_RIGHTS =
      List.of("~{allim}:*", "+@read", "+@write", "+@scripting", "+@connection", "+info", "+wait");

  @Test
  void overTlsWithAUserWhoMayNoMoreThanNeeded() {
    run(
        "openssl",
        (Object[])
            ("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout key.pem"
                    + " -out cert.pem -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost")
                .split(" "));
    int port = freePort();
    List<String> options =
        new ArrayList<>(
            List.of(
                "--port",
                "0",
                "--tls-port",
                Integer.toString(port),
                "--tls-cert-file",
                "cert.pem",
                "--tls-key-file",
                "key.pem",
                "--tls-ca-cert-file",
                "cert.pem",
                "--tls-auth-clients",
                "no",
                "--user",
                "default",
                "off",
                "--user",
                "hub",
                "on",
                ">secret"));
    options.addAll(LEAST_RIGHTS);
    redis(options.toArray(String[]::new));

    HubProgram hub =
        hub(
            Map.of(
                "quarkus.redis.hosts",
                "rediss://hub:secret@localhost:" + port,
                "quarkus.redis.tls-configuration-name",
                "redis",
                "quarkus.tls.redis.hostname-verification-algorithm",
                "HTTPS",
                "quarkus.tls.redis.trust-store.pem.certs",
                directory.resolve("cert.pem").toString()));

    requireThatItIsHeard(hub, "over TLS");
  }

  /** The primary dies, Sentinel makes the replica one, and the reader at the hub hears on. */
  @Test
  void afterAFailoverOfSentinelReadersHearOn() throws IOException {
    Requires.program("redis-cli");
    RedisServer primary = redis("--appendonly", "yes", "--dbfilename", "primary.rdb");
    RedisServer replica =
        redis(
            "--dbfilename",
            "replica.rdb",
            "--replicaof",
            "127.0.0.1",
            Integer.toString(primary.port()));
    int sentinel = sentinelOf(primary);
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                run("redis-cli", "-p", sentinel, "sentinel", "replicas", "allim")
                    .contains(Integer.toString(replica.port())));
    HubProgram hub =
        hub(
            Map.of(
                "quarkus.redis.hosts", "redis://127.0.0.1:" + sentinel,
                "quarkus.redis.client-type", "sentinel",
                "quarkus.redis.master-name", "allim",
                "allim.history.redis.min-replicas", "0",
                "allim.stream.heartbeat", "500ms"));

    try (SseClient reader = hub.client().listen("/events/ways")) {
      hub.client().publish("/events/ways", "before");
      assertThat(reader.next().data()).isEqualTo("before");
      await().atMost(PATIENCE).until(() -> hasAll(primary, replica));
      primary.kill();

      await()
          .atMost(PATIENCE)
          .until(() -> hub.client().post("/events/ways", "after").statusCode() == 201);
      await().atMost(PATIENCE).until(() -> reader.waiting() > 0);
      ReceivedEvent next = reader.next();
      assertThat(next.data()).as("nothing was lost, so there is no gap").isEqualTo("after");
    }
  }

  private boolean hasAll(RedisServer primary, RedisServer replica) {
    Object[] entries = {"xlen", "{allim}:log"};
    return run("redis-cli", "-p", primary.port(), entries[0], entries[1])
        .equals(run("redis-cli", "-p", replica.port(), entries[0], entries[1]));
  }

  private int sentinelOf(RedisServer primary) throws IOException {
    int port = freePort();
    Path file = directory.resolve("sentinel.conf");
    Files.writeString(
        file,
        """
        port %d
        bind 127.0.0.1
        dir %s
        sentinel monitor allim 127.0.0.1 %d 1
        sentinel down-after-milliseconds allim 1000
        sentinel failover-timeout allim 5000
        """
            .formatted(port, directory, primary.port()));
    Process process =
        new ProcessBuilder(RedisServer.program().toString(), file.toString(), "--sentinel")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("sentinel.log").toFile())
            .start();
    AutoCloseable end = () -> process.destroyForcibly().waitFor();
    running(end);
    await().atMost(PATIENCE).until(() -> answers(port));
    return port;
  }

  private static boolean answers(int port) {
    try (java.net.Socket socket = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }
}
