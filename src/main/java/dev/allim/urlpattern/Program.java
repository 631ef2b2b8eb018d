package dev.allim.urlpattern;

import dev.allim.text.CharSet;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Matches a whole text, by Thompson's method: all states that the text may have led to so far are
 * gone through together, each once for a character, and no step is ever taken back. Immutable.
 */
final class Program {
  /**
   * About a millisecond: what an event loop may spend on one text, all the states of a large
   * program being alive at once. What takes longer does not match.
   */
  static final long MOST_STEPS = 1 << 17;

  private final String beginning;
  private final State[] states;
  private final boolean takesAnyRest;

  private Program(String beginning, Node rest) {
    ProgramWriter writer = new ProgramWriter();
    writer.write(rest);
    this.beginning = beginning;
    this.states = writer.states().toArray(State[]::new);
    this.takesAnyRest = rest.equals(Node.ANYTHING);
  }

  /** What matches these, one after the other. */
  static Program of(List<Node> all) {
    List<Node> nodes = all.stream().filter(node -> !node.equals(Node.NOTHING)).toList();
    StringBuilder beginning = new StringBuilder();
    int index = 0;
    while (index < nodes.size() && nodes.get(index) instanceof Node.Text text) {
      beginning.append(text.text());
      index++;
    }
    List<Node> rest = nodes.subList(index, nodes.size());
    return new Program(
        beginning.toString(), rest.size() == 1 ? rest.get(0) : new Node.Sequence(rest));
  }

  /** One state; past the last there is the end. */
  sealed interface State {}

  /** Goes on behind this character. */
  record TakeOne(char c) implements State {}

  /** Goes on behind any of these characters. */
  record Take(CharSet set) implements State {}

  /** Goes on at this place only. */
  record Require(Node.Place.Kind place) implements State {}

  /** Goes on at both. */
  record Fork(int one, int other) implements State {}

  /** How many states it has besides those of a fixed beginning. */
  int size() {
    return takesAnyRest ? 0 : states.length;
  }

  /** The most steps that a text of so many characters can take. */
  long cost(long length) {
    long perCharacter = states.length + 1L;
    return takesAnyRest || states.length == 0
        ? 1
        : 2 + Math.min(perCharacter * (length + 1), MOST_STEPS + perCharacter);
  }

  /**
   * Whether all of {@code text} matches, which is found out in {@value #MOST_STEPS} steps or not at
   * all.
   *
   * @param costs told how many steps it took, at most {@link #cost}
   */
  boolean matches(String text, LongConsumer costs) {
    costs.accept(1);
    if (!text.startsWith(beginning)) {
      return false;
    }
    if (takesAnyRest || states.length == 0) {
      return takesAnyRest || text.length() == beginning.length();
    }
    Run run = new Run(text);
    boolean matches = run.reachesEnd();
    costs.accept(run.steps);
    return matches;
  }

  /** One text going through the states. */
  private final class Run {
    private final String text;

    /** When a state was last reached: one more than the index of the character behind it. */
    private final int[] reachedAt = new int[states.length + 1];

    private final int[] waiting = new int[2 * (states.length + 1)];
    private int[] now = new int[states.length];
    private int[] next = new int[states.length];
    private int found;
    private long steps;

    Run(String text) {
      this.text = text;
    }

    boolean reachesEnd() {
      int index = beginning.length();
      reach(0, index);
      for (; index < text.length() && found > 0 && steps < MOST_STEPS; index++) {
        advance(text.charAt(index), index + 1);
      }
      return index == text.length() && reachedAt[states.length] == index + 1;
    }

    private void advance(char c, int index) {
      int[] before = next;
      int count = found;
      next = now;
      now = before;
      found = 0;
      for (int i = 0; i < count; i++) {
        if (takes(states[now[i]], c)) {
          reach(now[i] + 1, index);
        }
      }
    }

    private boolean takes(State state, char c) {
      return state instanceof TakeOne one
          ? one.c == c
          : state instanceof Take any && any.set.has(c);
    }

    /** Notes all states that wait for a character, from {@code first} on. */
    private void reach(int first, int index) {
      int count = 0;
      waiting[count++] = first;
      while (count > 0) {
        int state = waiting[--count];
        if (reachedAt[state] == index + 1) {
          continue;
        }
        reachedAt[state] = index + 1;
        steps++;
        if (state == states.length) {
          continue;
        }
        if (states[state] instanceof Fork fork) {
          waiting[count++] = fork.other;
          waiting[count++] = fork.one;
        } else if (states[state] instanceof Require required) {
          waiting[count] = state + 1;
          count += required.place.isAt(text, index) ? 1 : 0;
        } else {
          next[found++] = state;
        }
      }
    }
  }
}
