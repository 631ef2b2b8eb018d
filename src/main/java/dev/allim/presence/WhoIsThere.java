package dev.allim.presence;

import dev.allim.hub.spi.ActiveSubscription;
import dev.allim.log.SharedRoster;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Who listens, at this node and at the others. Any thread. */
@Singleton
public class WhoIsThere {
  private final Presence presence;
  private final ListedJson json;

  WhoIsThere(Presence presence, ListedJson json) {
    this.presence = presence;
    this.json = json;
  }

  /**
   * Those that are wanted, in the order of their ids.
   *
   * @param after only those behind this id, absent for all
   * @param most at most so many
   * @param threads where other nodes are asked for, which may wait
   * @return completes there; fails with {@link dev.allim.log.LogUnavailableException} while it is
   *     not known who is at other nodes
   */
  public CompletionStage<ListedPage> page(
      Wish wish, Optional<UUID> after, int most, Executor threads) {
    return presence
        .here()
        .page(after, most + 1, wish)
        .thenApplyAsync(here -> page(here, wish, after, most), threads);
  }

  private ListedPage page(
      List<ActiveSubscription> found, Wish wish, Optional<UUID> after, int most) {
    List<Listed> here = found.stream().map(presence::listed).toList();
    return presence
        .others()
        .map(
            roster ->
                new Everywhere(json)
                    .page(
                        here,
                        roster,
                        presence.self(),
                        wish,
                        after.map(UUID::toString).orElse(""),
                        most))
        .orElseGet(() -> Everywhere.page(here, most));
  }

  /** The one with this id, wherever it is. Completes and fails as {@link #page} does. */
  public CompletionStage<Optional<Listed>> one(UUID id, Executor threads) {
    Optional<UUID> before = before(id);
    return presence
        .here()
        .page(before, 1, (one, costs) -> one.id().equals(id))
        .thenApplyAsync(
            here ->
                here.stream()
                    .findFirst()
                    .map(presence::listed)
                    .or(() -> presence.others().flatMap(roster -> elsewhere(roster, id, before))),
            threads);
  }

  private Optional<Listed> elsewhere(SharedRoster roster, UUID id, Optional<UUID> before) {
    return roster.others(presence.self(), before.map(UUID::toString).orElse(""), 1).stream()
        .filter(entry -> entry.id().equals(id.toString()))
        .findFirst()
        .flatMap(entry -> json.read(entry.text()));
  }

  /** The id before this one, as texts are ordered; absent for the first. */
  private static Optional<UUID> before(UUID id) {
    long high = id.getMostSignificantBits();
    long low = id.getLeastSignificantBits();
    if (high == 0 && low == 0) {
      return Optional.empty();
    }
    return Optional.of(new UUID(low == 0 ? high - 1 : high, low - 1));
  }
}
