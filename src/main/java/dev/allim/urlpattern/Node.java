package dev.allim.urlpattern;

import dev.allim.text.CharSet;
import java.util.List;

/** What is to be matched, as a tree. Immutable. */
sealed interface Node {
  /** As often as one likes. */
  int UNBOUNDED = -1;

  Node NOTHING = new Text("");
  Node ANYTHING = new Repeat(new OneOf(CharSet.ALL), 0, UNBOUNDED);

  /** Appends the states that match this. */
  void write(ProgramWriter out);

  /** Exactly these characters. */
  record Text(String text) implements Node {
    @Override
    public void write(ProgramWriter out) {
      for (int i = 0; i < text.length(); i++) {
        out.take(text.charAt(i));
      }
    }
  }

  /** One of these characters. */
  record OneOf(CharSet set) implements Node {
    @Override
    public void write(ProgramWriter out) {
      out.take(set);
    }
  }

  /** One after the other. */
  record Sequence(List<Node> nodes) implements Node {
    public Sequence {
      nodes = List.copyOf(nodes);
    }

    @Override
    public void write(ProgramWriter out) {
      nodes.forEach(out::write);
    }
  }

  /** Any of these, of which there is at least one. */
  record Choice(List<Node> nodes) implements Node {
    public Choice {
      nodes = List.copyOf(nodes);
    }

    @Override
    public void write(ProgramWriter out) {
      int last = nodes.size() - 1;
      int[] ends = new int[last];
      for (int i = 0; i < last; i++) {
        int fork = out.reserve();
        out.write(nodes.get(i));
        ends[i] = out.reserve();
        out.fork(fork, fork + 1, out.size());
      }
      out.write(nodes.get(last));
      for (int end : ends) {
        out.fork(end, out.size(), out.size());
      }
    }
  }

  /**
   * The same several times.
   *
   * @param least how often at least
   * @param most how often at most, or {@link #UNBOUNDED}
   */
  record Repeat(Node node, int least, int most) implements Node {
    @Override
    public void write(ProgramWriter out) {
      for (int i = 0; i < least; i++) {
        out.write(node);
      }
      if (most == UNBOUNDED) {
        writeLoop(out);
      } else {
        writeOptional(out, most - least);
      }
    }

    private void writeLoop(ProgramWriter out) {
      int loop = out.reserve();
      out.write(node);
      int back = out.reserve();
      out.fork(back, loop, loop);
      out.fork(loop, loop + 1, out.size());
    }

    private void writeOptional(ProgramWriter out, int times) {
      int[] forks = new int[times];
      for (int i = 0; i < times; i++) {
        forks[i] = out.reserve();
        out.write(node);
      }
      for (int fork : forks) {
        out.fork(fork, fork + 1, out.size());
      }
    }
  }

  /** A place between characters. */
  record Place(Kind kind) implements Node {
    /** Which place. */
    enum Kind {
      BEGINNING,
      END,
      EDGE_OF_WORD,
      NO_EDGE_OF_WORD;

      private static final CharSet WORD = CharSet.ALPHANUMERIC.or(CharSet.of("_"));

      boolean isAt(String text, int index) {
        return switch (this) {
          case BEGINNING -> index == 0;
          case END -> index == text.length();
          case EDGE_OF_WORD -> isWord(text, index - 1) != isWord(text, index);
          case NO_EDGE_OF_WORD -> isWord(text, index - 1) == isWord(text, index);
        };
      }

      private static boolean isWord(String text, int index) {
        return index >= 0 && index < text.length() && WORD.has(text.charAt(index));
      }
    }

    @Override
    public void write(ProgramWriter out) {
      out.require(kind);
    }
  }
}
