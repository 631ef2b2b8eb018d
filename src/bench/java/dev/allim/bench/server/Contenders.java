package dev.allim.bench.server;

import dev.allim.bench.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Who is measured in this run: the hub, and as many of the others as this machine has.
 *
 * @param hub the hub
 * @param all the hub first
 * @param missing why some are not there, a sentence each
 */
public record Contenders(Contender hub, List<Contender> all, List<String> missing) {
  /** Looks who is there. */
  public static Contenders find(Settings settings) {
    Hub hub = new Hub(settings);
    List<Contender> all = new ArrayList<>(List.of(hub));
    List<String> missing = new ArrayList<>();
    for (String peer : settings.peers()) {
      try {
        all.add(find(peer, settings).get());
      } catch (MissingException reason) {
        missing.add("%s is left out: %s".formatted(peer, reason.getMessage()));
      }
    }
    return new Contenders(hub, List.copyOf(all), List.copyOf(missing));
  }

  /** Those that keep silent streams open by themselves, which the floor does not. */
  public List<Contender> servers() {
    return all.stream().filter(contender -> !(contender instanceof Floor)).toList();
  }

  /** The least that can be done, if it is there. */
  public Optional<Contender> floor() {
    return all.stream().filter(Floor.class::isInstance).findFirst();
  }

  /** The hub, and the other one if there is one. */
  public List<Contender> hubs() {
    return all.stream().filter(Hub.class::isInstance).toList();
  }

  /** Their names, the hub's first. */
  public List<String> names() {
    return all.stream().map(Contender::name).toList();
  }

  private static Supplier<Contender> find(String peer, Settings settings) {
    return switch (peer) {
      case "floor" -> () -> Floor.compile(settings);
      case "nchan" -> () -> Nchan.find(settings);
      case Hub.OTHER -> () -> Hub.other(settings);
      case Hub.ON_REDIS -> () -> Hub.onRedis(settings);
      case Hub.AS_MERCURE -> () -> Hub.asMercure(settings);
      default -> () -> Peer.find(peer, settings);
    };
  }
}
