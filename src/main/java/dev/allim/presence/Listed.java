package dev.allim.presence;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.allim.hub.spi.ActiveSubscription;
import dev.allim.hub.spi.Identity;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One subscription, as it is told.
 *
 * @param id random; the same for as long as the stream lasts, and after a reconnect within the
 *     grace
 * @param topics what it asks for, as subscribers write it
 * @param since when the stream began
 * @param subject whose token it showed
 * @param address where it comes from, if there is no subject
 * @param node the program that it is connected to
 * @param asked what it asks for in the words of its protocol; for other nodes and other facades,
 *     never part of {@code GET /subscriptions}
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Listed(
    String id,
    List<String> topics,
    String since,
    Optional<String> subject,
    Optional<String> address,
    String node,
    Optional<List<Asked>> asked) {
  private static final String URN = "urn:uuid:";
  private static final Pattern ID =
      Pattern.compile("(?:urn:uuid:)?([0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12})");

  /** See {@link ActiveSubscription.Asked}. */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Asked(String kind, String text, Optional<String> payload) {}

  static Listed of(ActiveSubscription one, String node) {
    Optional<String> subject = one.identity().map(Identity::name);
    return new Listed(
        urn(one.id().toString()),
        one.topics(),
        one.since().toString(),
        subject,
        subject.isPresent() ? Optional.empty() : Optional.of(one.address()),
        node,
        Optional.of(one.asked())
            .filter(asked -> !asked.isEmpty())
            .map(asked -> asked.stream().map(Listed::asked).toList()));
  }

  private static Asked asked(ActiveSubscription.Asked one) {
    return new Asked(one.kind(), one.text(), one.payload());
  }

  /** The same without what is not for everybody who may know who is there. */
  Listed withoutAsked() {
    return new Listed(id, topics, since, subject, address, node, Optional.empty());
  }

  /** An id as it is told. */
  public static String urn(String id) {
    return URN + id;
  }

  /** What an id is as a request may write it; absent if it is none. */
  public static Optional<UUID> id(String text) {
    Matcher id = ID.matcher(text);
    return id.matches() ? Optional.of(UUID.fromString(id.group(1))) : Optional.empty();
  }

  /** About how many characters it takes. */
  int size() {
    return size(topics)
        + asked.stream()
            .flatMap(List::stream)
            .mapToInt(one -> size(one.text(), one.payload()))
            .sum();
  }

  /** The same of one that is here, for all that is told of it. */
  static int size(ActiveSubscription one) {
    return size(one.topics())
        + one.asked().stream().mapToInt(each -> size(each.text(), each.payload())).sum();
  }

  private static int size(List<String> topics) {
    return 250 + topics.stream().mapToInt(topic -> topic.length() + 3).sum();
  }

  /** As an update of its own, in which the text stands three times, encoded twice. */
  private static int size(String text, Optional<String> payload) {
    return 250 + 5 * text.length() + payload.map(String::length).orElse(0);
  }
}
