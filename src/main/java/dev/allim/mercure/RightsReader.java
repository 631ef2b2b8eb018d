package dev.allim.mercure;

import dev.allim.mercure.topic.Selectors;
import dev.allim.security.TokenRefusedException;
import dev.allim.text.InvalidFieldException;
import dev.allim.topic.TopicMatcher;
import io.vertx.core.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rights of one token out of JSON. One mistake in it, and it grants nothing: whoever made
 * it meant something else.
 */
final class RightsReader {
  private static final String CLAIM = "mercure";

  /** As clients named the claim before. */
  private static final String CLAIM_OF_OLD = "https://mercure.rocks/";

  /** The type of the details that are for hubs. */
  static final String DETAIL = "https://mercure.rocks/authorization-detail";

  private static final String PUBLISH = "publish";
  private static final String SUBSCRIBE = "subscribe";
  private static final String PAYLOAD = "payload";

  /** As many as a subscriber may ask for: every private update is compared with each. */
  private static final int MOST = 100;

  /** Every topic is compared with each. */
  private static final int MOST_VARIABLES = 100;

  /** As a topic of a request. */
  private static final int LONGEST = 1024;

  private final Selectors selectors;
  private final Set<TopicMatcher> publish = new HashSet<>();
  private final Set<TopicMatcher> subscribe = new HashSet<>();
  private final List<MercureToken.Payload> payloads = new ArrayList<>();
  private int matchers;
  private int variables;

  private RightsReader(Selectors selectors) {
    this.selectors = selectors;
  }

  /** Of draft 07: two lists of selectors. */
  static MercureToken.Rights ofClaim(Map<String, Object> claims, Selectors selectors) {
    RightsReader reader = new RightsReader(selectors);
    Object claim = claims.get(claims.containsKey(CLAIM_OF_OLD) ? CLAIM_OF_OLD : CLAIM);
    if (claim != null) {
      Map<?, ?> fields = as(Map.class, claim);
      reader.addSelectors(reader.publish, fields.get(PUBLISH));
      reader.addSelectors(reader.subscribe, fields.get(SUBSCRIBE));
      reader.payloads.add(
          new MercureToken.Payload(Set.of(new TopicMatcher.AnyTopic()), json(fields.get(PAYLOAD))));
    }
    return reader.rights();
  }

  /** Of draft 08: what is for others is left aside, whatever it is. */
  static MercureToken.Rights ofDetails(@Nullable Object details, Selectors selectors) {
    RightsReader reader = new RightsReader(selectors);
    if (details != null) {
      for (Object detail : as(List.class, details)) {
        Map<?, ?> fields = as(Map.class, detail);
        if (DETAIL.equals(fields.get("type"))) {
          reader.addDetail(fields);
        }
      }
    }
    return reader.rights();
  }

  private MercureToken.Rights rights() {
    boolean areAny = payloads.stream().anyMatch(payload -> payload.json().isPresent());
    return new MercureToken.Rights(publish, subscribe, areAny ? payloads : List.of());
  }

  private static <T> T as(Class<T> kind, @Nullable Object value) {
    if (!kind.isInstance(value)) {
      throw TokenRefusedException.unreadable();
    }
    return kind.cast(value);
  }

  private static List<?> some(@Nullable Object value) {
    List<?> list = as(List.class, value);
    if (list.isEmpty()) {
      throw TokenRefusedException.unreadable();
    }
    return list;
  }

  private void addSelectors(Set<TopicMatcher> to, @Nullable Object value) {
    if (value != null) {
      for (Object text : as(List.class, value)) {
        to.add(matcher(as(String.class, text), selectors::selector));
      }
    }
  }

  private void addDetail(Map<?, ?> fields) {
    Set<String> actions = new HashSet<>();
    for (Object action : some(fields.get("actions"))) {
      actions.add(as(String.class, action));
    }
    if (fields.containsKey(PAYLOAD)) {
      as(Map.class, fields.get(PAYLOAD));
    }
    Set<TopicMatcher> topics = new HashSet<>();
    for (Object topic : some(fields.get("topics"))) {
      topics.add(matcher(as(Map.class, topic)));
    }
    if (actions.contains(PUBLISH)) {
      publish.addAll(topics);
    }
    if (actions.contains(SUBSCRIBE)) {
      subscribe.addAll(topics);
      payloads.add(new MercureToken.Payload(topics, json(fields.get(PAYLOAD))));
    }
  }

  private static Optional<String> json(@Nullable Object payload) {
    return Optional.ofNullable(payload).map(Json::encode).map(SubscriptionDocuments::wellFormed);
  }

  private TopicMatcher matcher(Map<?, ?> topic) {
    String text = as(String.class, topic.get("match"));
    Object type = Optional.<Object>ofNullable(topic.get("match_type")).orElse("exact");
    if (type.equals("exact")) {
      return matcher(text, selectors::exact);
    }
    if (type.equals("urlpattern")) {
      return matcher(text, selectors::urlPattern);
    }
    throw TokenRefusedException.unreadable();
  }

  private TopicMatcher matcher(String text, Function<String, TopicMatcher> read) {
    try {
      TopicMatcher matcher = read.apply(text);
      variables +=
          matcher instanceof TopicMatcher.Template template ? template.template().variables() : 0;
      if (++matchers > MOST || variables > MOST_VARIABLES || text.length() > LONGEST) {
        throw TokenRefusedException.unreadable();
      }
      return matcher;
    } catch (InvalidFieldException malformed) {
      throw TokenRefusedException.unreadable();
    }
  }
}
