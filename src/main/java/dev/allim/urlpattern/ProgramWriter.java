package dev.allim.urlpattern;

import dev.allim.text.CharSet;
import java.util.ArrayList;
import java.util.List;

/** Writes a program down, and refuses it once it gets too large. For one thread and one program. */
final class ProgramWriter {
  /** States of one program: bounds what one character costs, from a pattern of a stranger. */
  static final int MOST_STATES = 5_000;

  /** Visits of nodes: what is empty has no state, and might be repeated all the same. */
  private static final int MOST_VISITS = 4 * MOST_STATES;

  private final List<Program.State> states = new ArrayList<>();
  private int visits;

  /** Writes a node and those in it. */
  void write(Node node) {
    if (++visits > MOST_VISITS) {
      throw tooLarge();
    }
    node.write(this);
  }

  void take(char c) {
    add(new Program.TakeOne(c));
  }

  void take(CharSet set) {
    add(new Program.Take(set));
  }

  void require(Node.Place.Kind place) {
    add(new Program.Require(place));
  }

  /** Leaves room for a {@link #fork}; returns where. */
  int reserve() {
    add(new Program.Fork(0, 0));
    return size() - 1;
  }

  /** Goes on at both from {@code at} on. */
  void fork(int at, int one, int other) {
    states.set(at, new Program.Fork(one, other));
  }

  int size() {
    return states.size();
  }

  List<Program.State> states() {
    return states;
  }

  private void add(Program.State state) {
    if (states.size() >= MOST_STATES) {
      throw tooLarge();
    }
    states.add(state);
  }

  private static UrlPatternSyntaxException tooLarge() {
    return new UrlPatternSyntaxException(
        0, "it is too large: at most %d states".formatted(MOST_STATES));
  }
}
