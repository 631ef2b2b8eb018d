package dev.allim.topic;

/** Part of a topic template: a literal text or a variable. */
sealed interface TemplatePiece {
  /**
   * The places in {@code topic} at which this piece may end, if it may begin at any of {@code
   * reached}. Takes time in proportion to the topic's length, whatever the piece.
   */
  boolean[] advance(String topic, boolean[] reached);

  /**
   * One or more characters.
   *
   * @param name how the template calls it
   * @param anyDepth whether {@code /} is among them
   */
  record Variable(String name, boolean anyDepth) implements TemplatePiece {
    @Override
    public boolean[] advance(String topic, boolean[] reached) {
      boolean[] next = new boolean[reached.length];
      boolean inside = false;
      for (int i = 0; i < topic.length(); i++) {
        inside = (inside || reached[i]) && (anyDepth || topic.charAt(i) != '/');
        next[i + 1] = inside;
      }
      return next;
    }
  }

  /** A text found by Knuth, Morris and Pratt's method, which never looks back in the topic. */
  final class Literal implements TemplatePiece {
    private final String text;

    /** For each length of a beginning of the text: its longest shorter beginning that ends it. */
    private final int[] borders;

    Literal(String text) {
      this.text = text;
      this.borders = new int[text.length() + 1];
      for (int i = 1; i < text.length(); i++) {
        borders[i + 1] = extend(borders[i], text.charAt(i));
      }
    }

    @Override
    public boolean[] advance(String topic, boolean[] reached) {
      boolean[] next = new boolean[reached.length];
      int matched = 0;
      for (int i = 0; i < topic.length(); i++) {
        matched = extend(matched, topic.charAt(i));
        if (matched == text.length()) {
          next[i + 1] = reached[i + 1 - matched];
          matched = borders[matched];
        }
      }
      return next;
    }

    /** How much of the text stands before a place, once {@code next} stands there too. */
    private int extend(int matched, char next) {
      int length = matched;
      while (length > 0 && text.charAt(length) != next) {
        length = borders[length];
      }
      return text.charAt(length) == next ? length + 1 : 0;
    }
  }
}
