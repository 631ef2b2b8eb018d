package dev.allim.mercure;

import dev.allim.http.problem.Problem;
import dev.allim.http.problem.ProblemException;
import dev.allim.http.route.UrlDecoding;
import dev.allim.hub.spi.ActiveSubscription;
import dev.allim.presence.Listed;
import dev.allim.presence.Wish;
import dev.allim.text.InvalidFieldException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongConsumer;

/**
 * Which subscriptions a page is about.
 *
 * @param matcher those that ask for just that; absent for all
 * @param subscriber the one of them that is this subscriber's; absent for those of anybody
 */
record SubscriptionsPath(Optional<Matcher> matcher, Optional<UUID> subscriber) implements Wish {
  private static final Set<String> KINDS =
      Set.of(SubscriptionDocuments.EXACT, SubscriptionDocuments.PATTERN);

  /**
   * What they ask for.
   *
   * @param kind of what kind the text is
   */
  record Matcher(String kind, String text) {
    boolean is(String otherKind, String otherText) {
      return kind.equals(otherKind) && text.equals(otherText);
    }
  }

  /**
   * Reads what follows the path of all.
   *
   * @param below empty, or a slash and pieces as they were sent
   * @param knowsDraft07 whether there are pages of topics, too
   * @throws ProblemException 404 if there is no such page
   * @throws InvalidFieldException if a piece is badly encoded or names no kind of matcher
   */
  static SubscriptionsPath of(String below, boolean knowsDraft07) {
    if (below.isEmpty()) {
      return new SubscriptionsPath(Optional.empty(), Optional.empty());
    }
    List<String> pieces = List.of(below.substring(1).split("/", -1));
    if (!below.startsWith("/") || pieces.size() > 3 || pieces.contains("")) {
      throw nothingThere();
    }
    if (isOfKind(pieces, knowsDraft07)) {
      return of(kind(pieces.get(0)), pieces.subList(1, pieces.size()));
    }
    if (!knowsDraft07) {
      throw nothingThere();
    }
    return of(SubscriptionDocuments.TOPIC, pieces);
  }

  /** Of two pieces the first may be a topic as well, unless it is the name of a kind. */
  private static boolean isOfKind(List<String> pieces, boolean knowsDraft07) {
    return pieces.size() == 3
        || (pieces.size() == 2 && (!knowsDraft07 || KINDS.contains(pieces.get(0))));
  }

  private static String kind(String piece) {
    if (!KINDS.contains(piece)) {
      throw new InvalidFieldException(
          "match_type", "a matcher is of one of the kinds %s".formatted(KINDS));
    }
    return piece;
  }

  private static SubscriptionsPath of(String kind, List<String> pieces) {
    String text = UrlDecoding.decodePath("match", pieces.get(0));
    Optional<UUID> subscriber =
        pieces.stream()
            .skip(1)
            .findFirst()
            .map(
                piece ->
                    Listed.id(UrlDecoding.decodePath("subscriber", piece))
                        .orElseThrow(SubscriptionsPath::nothingThere));
    return new SubscriptionsPath(Optional.of(new Matcher(kind, text)), subscriber);
  }

  /** There is no such page, or nobody is on it. */
  static ProblemException nothingThere() {
    return new ProblemException(
        Problem.of(Response.Status.NOT_FOUND, "There is no such subscription"));
  }

  /** Whether what somebody asks for is meant. */
  boolean isAbout(String kind, String text) {
    return matcher.filter(one -> !one.is(kind, text)).isEmpty();
  }

  @Override
  public boolean takes(ActiveSubscription one, LongConsumer costs) {
    costs.accept(one.asked().size());
    return one.asked().stream().anyMatch(asked -> isAbout(asked.kind(), asked.text()));
  }

  @Override
  public boolean takes(Listed one) {
    return one.asked().stream()
        .flatMap(List::stream)
        .anyMatch(asked -> isAbout(asked.kind(), asked.text()));
  }
}
