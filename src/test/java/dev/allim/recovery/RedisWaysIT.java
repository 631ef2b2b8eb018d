package dev.allim.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allim.testing.HubProgram;
import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.RedisServer;
import dev.allim.testing.Requires;
import dev.allim.testing.SseClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The ways to reach Redis, each with real servers: what the keys {@code quarkus.redis.*} promise.
 */
class RedisWaysIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** All that a hub needs, as src/docs/redis.md has it. */
  private static final List<String> LEAST_RIGHTS =
      List.of("~{allim}:*", "+@read", "+@write", "+@scripting", "+@connection", "+info", "+wait");

  @TempDir Path directory;

  private final List<AutoCloseable> running = new ArrayList<>();

  @AfterEach
  void stopAll() throws Exception {
    for (int last = running.size() - 1; last >= 0; last--) {
      running.get(last).close();
    }
  }

  private <T extends AutoCloseable> T running(T started) {
    running.add(started);
    return started;
  }

  private RedisServer redis(String... options) {
    return running(RedisServer.start(directory, options));
  }

  private HubProgram hub(Map<String, String> redis) {
    Map<String, String> settings = new HashMap<>(redis);
    settings.put("allim.history.engine", "redis");
    HubProgram hub = HubProgram.start(directory, settings);
    running.add(hub::kill);
    return hub;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** What a program of this machine prints, which has to end well. */
  private String run(String program, Object... arguments) {
    List<String> command = new ArrayList<>(List.of(Requires.program(program).toString()));
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .start();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(printed).isZero();
      return printed;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private static void requireThatItIsHeard(HubProgram hub, String data) {
    try (SseClient reader = hub.client().listen("/events/ways")) {
      hub.client().publish("/events/ways", data);
      assertThat(reader.next().data()).isEqualTo(data);
    }
  }

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

  /** Two servers share the slots; the hub is told of the one that has none of its keys. */
  @Test
  void onAClusterInWhicheverSlot() {
    Requires.program("redis-cli");
    int[] ports = new int[2];
    for (int i = 0; i < 2; i++) {
      RedisServer server =
          redis(
              "--cluster-enabled",
              "yes",
              "--cluster-config-file",
              "nodes-%d.conf".formatted(i),
              "--cluster-port",
              Integer.toString(freePort()));
      ports[i] = server.port();
    }
    run("redis-cli", "-p", ports[0], "cluster", "addslotsrange", 0, 8191);
    run("redis-cli", "-p", ports[1], "cluster", "addslotsrange", 8192, 16383);
    run("redis-cli", "-p", ports[0], "cluster", "meet", "127.0.0.1", ports[1], busOf(ports[1]));
    await().atMost(PATIENCE).until(() -> isWhole(ports[0]) && isWhole(ports[1]));
    int slot =
        Integer.parseInt(run("redis-cli", "-p", ports[0], "cluster", "keyslot", "{allim}").strip());
    int other = slot <= 8191 ? ports[1] : ports[0];

    HubProgram hub =
        hub(
            Map.of(
                "quarkus.redis.hosts",
                "redis://127.0.0.1:" + other,
                "quarkus.redis.client-type",
                "cluster"));

    requireThatItIsHeard(hub, "on a cluster");
  }

  private int busOf(int port) {
    return Integer.parseInt(
        run("redis-cli", "-p", port, "config", "get", "cluster-port").lines().toList().get(1));
  }

  private boolean isWhole(int port) {
    return run("redis-cli", "-p", port, "cluster", "info").contains("cluster_state:ok")
        && run("redis-cli", "-p", port, "cluster", "nodes").lines().count() == 2;
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
            "--appenddirname",
            "replica",
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
        new ProcessBuilder(
                Requires.program("redis-server").toString(), file.toString(), "--sentinel")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("sentinel.log").toFile())
            .start();
    running.add(() -> process.destroyForcibly().waitFor());
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
