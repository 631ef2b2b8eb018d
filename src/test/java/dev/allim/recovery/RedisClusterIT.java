package dev.allim.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allim.testing.HubProgram;
import dev.allim.testing.RedisServer;
import dev.allim.testing.Requires;
import dev.allim.testing.SseClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A cluster of two servers that share the slots. The hub is told of the one that has none of its
 * keys.
 */
class RedisClusterIT extends WithRedisServers {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int LAST_SLOT_OF_FIRST = 8191;
  private static final int LAST_SLOT = 16_383;

  /**
   * Two servers of a cluster.
   *
   * @param home has the keys of the hub
   * @param other has none of them
   */
  private record Cluster(RedisServer home, RedisServer other) {}

  private Cluster cluster() {
    Requires.program("redis-cli");
    RedisServer first = server("first");
    RedisServer second = server("second");
    addSlots(first, 0, LAST_SLOT_OF_FIRST);
    addSlots(second, LAST_SLOT_OF_FIRST + 1, LAST_SLOT);
    meet(first, second);
    await().atMost(PATIENCE).until(() -> isWhole(2, first, second));
    int slot = Integer.parseInt(cli(first, "cluster", "keyslot", "{allim}").strip());
    return slot <= LAST_SLOT_OF_FIRST ? new Cluster(first, second) : new Cluster(second, first);
  }

  private RedisServer server(String name) {
    return redis(
        "--cluster-enabled",
        "yes",
        "--cluster-config-file",
        name + ".conf",
        "--dbfilename",
        name + ".rdb");
  }

  /** One by one: servers before 7.0 take no range of them. */
  private void addSlots(RedisServer server, int first, int last) {
    List<Object> command = new ArrayList<>(List.of("cluster", "addslots"));
    IntStream.rangeClosed(first, last).forEach(command::add);
    cli(server, command.toArray());
  }

  private RedisServer replicaOf(Cluster cluster) {
    RedisServer replica = server("replica");
    meet(replica, cluster.home());
    await().atMost(PATIENCE).until(() -> isWhole(3, replica, cluster.home(), cluster.other()));
    cli(replica, "cluster", "replicate", cli(cluster.home(), "cluster", "myid").strip());
    await()
        .atMost(PATIENCE)
        .until(() -> cli(cluster.home(), "info", "replication").contains("state=online"));
    return replica;
  }

  private String cli(RedisServer server, Object... arguments) {
    Object[] all = new Object[arguments.length + 2];
    all[0] = "-p";
    all[1] = server.port();
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return run("redis-cli", all);
  }

  private void meet(RedisServer one, RedisServer other) {
    cli(one, "cluster", "meet", "127.0.0.1", other.port());
  }

  private boolean isWhole(int count, RedisServer... servers) {
    return List.of(servers).stream()
        .allMatch(
            server ->
                cli(server, "cluster", "info").contains("cluster_state:ok")
                    && cli(server, "cluster", "nodes").lines().count() == count);
  }

  private HubProgram hub(Cluster cluster, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("quarkus.redis.hosts", cluster.other().uri());
    settings.put("quarkus.redis.client-type", "cluster");
    return hub(settings);
  }

  @Test
  void theLogIsFoundInWhicheverSlotItIs() {
    HubProgram hub = hub(cluster(), Map.of());

    requireThatItIsHeard(hub, "on a cluster");
  }

  /** The other server has none, and is asked by nobody. */
  @Test
  void thatReplicasHaveItIsAskedOfTheServerThatHasTheLog() {
    Cluster cluster = cluster();
    RedisServer replica = replicaOf(cluster);
    HubProgram hub = hub(cluster, Map.of("allim.history.redis.min-replicas", "1"));

    IntStream.range(0, 8).forEach(each -> requireThatItIsHeard(hub, "replicated " + each));
    replica.kill();
    await("publishers are told what is missing")
        .atMost(PATIENCE)
        .until(
            () -> {
              assertThat(hub.client().post("/events/ways", "alone").statusCode()).isEqualTo(503);
              return hub.output().contains("allim.history.redis.min-replicas");
            });
  }

  /** The replica takes over, in order; readers hear on, and publishers go on. */
  @Test
  void whenTheLogMovesToItsReplicaReadersHearOn() {
    Cluster cluster = cluster();
    RedisServer replica = replicaOf(cluster);
    HubProgram hub = hub(cluster, Map.of("allim.history.redis.min-replicas", "1"));

    try (SseClient reader = hub.client().listen("/events/ways")) {
      hub.client().publish("/events/ways", "before");
      assertThat(reader.next().data()).isEqualTo("before");
      cli(replica, "cluster", "failover");
      await()
          .atMost(PATIENCE)
          .until(() -> cli(replica, "info", "replication").contains("role:master"));

      await()
          .atMost(PATIENCE)
          .until(() -> hub.client().post("/events/ways", "after").statusCode() == 201);
      await().atMost(PATIENCE).until(() -> reader.waiting() > 0);
      assertThat(reader.next().data())
          .as("nothing was lost, so there is no gap")
          .isEqualTo("after");
    }
  }
}
