package dev.allim.bench.server;

import dev.allim.bench.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Several hubs on one empty log in Redis. Closing ends all. */
public final class Nodes implements AutoCloseable {
  private final Contender hub;
  private final Map<String, String> properties;
  private final List<Server> servers = new ArrayList<>();

  private Nodes(Contender hub, Map<String, String> properties) {
    this.hub = hub;
    this.properties = properties;
  }

  /** Starts so many; absent where there is no redis-server. */
  public static Optional<Nodes> start(Settings settings, int count) {
    try {
      Nodes nodes = new Nodes(new Hub(settings), Redis.start(settings).emptyLog());
      for (int node = 0; node < count; node++) {
        nodes.startOneMore();
      }
      return Optional.of(nodes);
    } catch (MissingException reason) {
      System.out.println("  left out: " + reason.getMessage());
      return Optional.empty();
    }
  }

  /** One that finds in the log what the others have put there. */
  public Server startOneMore() {
    Server started = hub.start(properties);
    servers.add(started);
    return started;
  }

  /** The one with this number, from 0. */
  public Server get(int node) {
    return servers.get(node);
  }

  /** All of them. */
  public List<Server> all() {
    return List.copyOf(servers);
  }

  @Override
  public void close() {
    servers.forEach(Server::close);
  }
}
