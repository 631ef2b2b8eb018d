package dev.allim.log.retention;

import dev.allim.topic.Topic;
import java.util.List;

/**
 * What is kept, and for how long.
 *
 * @param rules the first whose matcher takes the canonical topic counts; what none takes stays as
 *     long as there is room
 * @param maxBytes how large the whole may become, by what is in use of the file; the oldest go
 *     first, whatever the rules say
 */
public record Retention(List<RetentionRule> rules, long maxBytes) {
  /** Copies the rules. */
  public Retention {
    rules = List.copyOf(rules);
    if (maxBytes <= 0) {
      throw new IllegalArgumentException("the history needs room");
    }
  }

  /** Keeps everything. */
  public static Retention unlimited() {
    return new Retention(List.of(), Long.MAX_VALUE);
  }

  /** Of the filter of ids that are gone, which takes up to a 64th of the room, 16 MiB at most. */
  public int idGenerations() {
    return IdFilter.generationsIn(maxBytes / 64);
  }

  /** The index of the rule for {@code topic}, -1 if there is none. */
  public int ruleFor(Topic topic) {
    for (int i = 0; i < rules.size(); i++) {
      if (rules.get(i).topics().matches(topic)) {
        return i;
      }
    }
    return -1;
  }
}
