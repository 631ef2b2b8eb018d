package dev.allim.mercure;

import dev.allim.http.PublishLimits;
import dev.allim.hub.spi.ActiveSubscription;
import dev.allim.mercure.topic.HubUrl;
import dev.allim.mercure.topic.Selectors;
import dev.allim.text.InvalidFieldException;
import dev.allim.topic.TopicFilter;
import dev.allim.topic.TopicMatcher;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** Reads what subscribers ask for, within the configured limits. */
@Singleton
class Wanted {
  private static final String TOPIC = "topic";
  private static final String MATCH = "match";
  private static final String MATCH_EXACT = "match_exact";
  private static final String MATCH_PATTERN = "match_urlpattern";

  /** 20 ms: as many as there may be, compared with a token of as many as there may be. */
  private static final long MOST_STEPS = 20_000_000;

  private static final List<String> MATCHERS = List.of(MATCH, MATCH_EXACT, MATCH_PATTERN);

  private final PublishLimits limits;
  private final Selectors selectors;
  private final boolean knowsDraft07;
  private final boolean tellsSubscriptions;

  Wanted(PublishLimits limits, MercureConfig config) {
    this.limits = limits;
    this.selectors = new Selectors(HubUrl.of(config.url()));
    this.knowsDraft07 = config.knowsDraft07();
    this.tellsSubscriptions = config.tellsSubscriptions();
  }

  /** Whether a parameter means anything here, or is kept for what may mean something one day. */
  static boolean isKnown(String name) {
    return name.equals(TOPIC) || isOfMatchers(name);
  }

  private static boolean isOfMatchers(String name) {
    return name.toLowerCase(Locale.ROOT).startsWith(MATCH);
  }

  /**
   * All that a query asks for: any of it is enough.
   *
   * @throws InvalidFieldException if that is nothing, or more than may be, or cannot be
   */
  TopicFilter filter(Form query) {
    query.names().stream().filter(Wanted::isKnown).forEach(this::requireKnown);
    List<TopicMatcher> matchers = new ArrayList<>();
    add(matchers, query, TOPIC, selectors::selector);
    add(matchers, query, MATCH, selectors::exact);
    add(matchers, query, MATCH_EXACT, selectors::exact);
    add(matchers, query, MATCH_PATTERN, selectors::urlPattern);
    if (matchers.isEmpty()) {
      throw new InvalidFieldException(
          MATCH, "say what to listen to, once or more, by any of %s".formatted(known()));
    }
    requireFew(matchers);
    return TopicFilter.in(matchers);
  }

  /**
   * The same as it is told to those who may know who subscribes to what.
   *
   * @throws InvalidFieldException if it takes long to find out what the token says of it
   */
  List<ActiveSubscription.Asked> told(Form query, MercureCaller caller) {
    if (!tellsSubscriptions) {
      return List.of();
    }
    LongConsumer steps = patience();
    return Stream.of(
            told(query, TOPIC, SubscriptionDocuments.TOPIC, caller, steps),
            told(query, MATCH, SubscriptionDocuments.EXACT, caller, steps),
            told(query, MATCH_EXACT, SubscriptionDocuments.EXACT, caller, steps),
            told(query, MATCH_PATTERN, SubscriptionDocuments.PATTERN, caller, steps))
        .flatMap(each -> each)
        .distinct()
        .toList();
  }

  private static Stream<ActiveSubscription.Asked> told(
      Form query, String name, String kind, MercureCaller caller, LongConsumer steps) {
    return query.all(name).stream()
        .map(
            text ->
                new ActiveSubscription.Asked(
                    kind, text, caller.token().flatMap(token -> token.payload(text, steps))));
  }

  private static LongConsumer patience() {
    AtomicLong taken = new AtomicLong();
    return steps -> {
      if (taken.addAndGet(steps) > MOST_STEPS) {
        throw new InvalidFieldException(
            MATCH, "it takes too long to find out what the token says of so many matchers");
      }
    };
  }

  private void requireKnown(String name) {
    if (!known().contains(name)) {
      throw new InvalidFieldException(
          name, "there is no parameter '%s' here; known are %s".formatted(name, known()));
    }
  }

  private List<String> known() {
    List<String> known = new ArrayList<>(MATCHERS);
    if (knowsDraft07) {
      known.add(TOPIC);
    }
    return known;
  }

  private void add(
      List<TopicMatcher> matchers, Form query, String name, Function<String, TopicMatcher> read) {
    List<String> texts = query.all(name);
    requireAtMost(name, "matchers", matchers.size() + texts.size(), limits.topics());
    for (String text : texts) {
      requireAtMost(name, "characters", text.codePointCount(0, text.length()), limits.topic());
      matchers.add(named(name, text, read));
    }
  }

  private static TopicMatcher named(String name, String text, Function<String, TopicMatcher> read) {
    try {
      return read.apply(text);
    } catch (InvalidFieldException fault) {
      throw new InvalidFieldException(name, fault.getMessage());
    }
  }

  private void requireFew(List<TopicMatcher> matchers) {
    int variables = 0;
    for (TopicMatcher matcher : matchers) {
      variables +=
          matcher instanceof TopicMatcher.Template template ? template.template().variables() : 0;
    }
    requireAtMost(TOPIC, "variables", variables, limits.variables());
  }

  private static void requireAtMost(String name, String unit, int actual, int limit) {
    if (actual > limit) {
      throw new InvalidFieldException(
          name, "%s may have at most %d %s".formatted(name, limit, unit));
    }
  }
}
