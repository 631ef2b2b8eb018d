package dev.allim.security;

import dev.allim.text.InvalidFieldException;
import dev.allim.topic.TopicMatcher;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the claim with what a token grants. */
final class Grants {
  private static final Set<String> KNOWN = Set.of("publish", "subscribe", "admin");

  /** As many as a subscriber may ask for: every private notification is compared with each. */
  private static final int MOST_MATCHERS = 100;

  private static final int MOST_VARIABLES = 100;

  private Grants() {}

  /**
   * Reads it.
   *
   * @param claim as JSON was read; absent is no grant
   * @throws TokenRefusedException if it is not what it should be
   */
  static Grant read(@Nullable Object claim) {
    if (claim == null) {
      return Grant.NONE;
    }
    if (!(claim instanceof Map<?, ?> fields) || !KNOWN.containsAll(fields.keySet())) {
      throw new TokenRefusedException(Refusal.GRANTS);
    }
    Set<TopicMatcher> publish = matchers(fields.get("publish"));
    Set<TopicMatcher> subscribe = matchers(fields.get("subscribe"));
    return new Grant(publish, subscribe, flag(fields.get("admin")));
  }

  private static boolean flag(@Nullable Object value) {
    if (value != null && !(value instanceof Boolean)) {
      throw new TokenRefusedException(Refusal.GRANTS);
    }
    return Boolean.TRUE.equals(value);
  }

  private static Set<TopicMatcher> matchers(@Nullable Object value) {
    if (value == null) {
      return Set.of();
    }
    if (!(value instanceof Collection<?> texts) || texts.size() > MOST_MATCHERS) {
      throw new TokenRefusedException(Refusal.GRANTS);
    }
    Set<TopicMatcher> matchers = new HashSet<>();
    for (Object text : texts) {
      matchers.add(matcher(text));
    }
    requireCheap(matchers);
    return matchers;
  }

  private static void requireCheap(Set<TopicMatcher> matchers) {
    int variables = 0;
    for (TopicMatcher matcher : matchers) {
      variables +=
          matcher instanceof TopicMatcher.Template template ? template.template().variables() : 0;
    }
    if (variables > MOST_VARIABLES) {
      throw new TokenRefusedException(Refusal.GRANTS);
    }
  }

  private static TopicMatcher matcher(Object text) {
    try {
      return TopicMatcher.parse((String) text);
    } catch (ClassCastException | InvalidFieldException malformed) {
      throw new TokenRefusedException(Refusal.GRANTS);
    }
  }
}
