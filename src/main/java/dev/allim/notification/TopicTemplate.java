package dev.allim.notification;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A URI template (RFC 6570, levels 1 and 2) used to match: {@code orders/{id}} takes one segment,
 * that is one or more characters but no {@code /}; {@code orders/{+rest}} takes one or more of any.
 * The rest is taken literally.
 *
 * <p>Matching takes time in proportion to the topic's length times the number of variables,
 * whatever the template: there is no way to write one that is slow.
 */
public final class TopicTemplate {
  /**
   * What one template may hold at all; protects the evaluation of every publish from one
   * subscriber.
   */
  public static final int MAX_VARIABLES = 16;

  private static final Pattern VARIABLE = Pattern.compile("\\+?[A-Za-z0-9_.]+");

  private final String text;
  private final List<Piece> pieces;

  private TopicTemplate(String text, List<Piece> pieces) {
    this.text = text;
    this.pieces = List.copyOf(pieces);
  }

  /** A run of literal text, or a variable in its place. */
  private record Piece(String literal, boolean variable, boolean anyDepth) {
    static Piece literal(String text) {
      return new Piece(text, false, false);
    }

    static Piece variable(String expression) {
      return new Piece(expression, true, expression.startsWith("+"));
    }
  }

  /**
   * Reads a template.
   *
   * @throws InvalidFieldException if braces do not pair, a variable has no valid name or is named
   *     twice, two variables touch, or there are more than {@value #MAX_VARIABLES}
   */
  public static TopicTemplate parse(String text) {
    PlainText.require("topic", text);
    List<Piece> pieces = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int open = text.indexOf('{', at);
      int literalEnd = open < 0 ? text.length() : open;
      addLiteral(pieces, text, at, literalEnd);
      at = open < 0 ? text.length() : addVariable(pieces, text, open);
    }
    requireDistinctVariables(pieces, text);
    return new TopicTemplate(text, pieces);
  }

  private static void addLiteral(List<Piece> pieces, String text, int from, int to) {
    String literal = text.substring(from, to);
    if (literal.indexOf('}') >= 0) {
      throw malformed(text, "'}' without '{'");
    }
    if (!literal.isEmpty()) {
      pieces.add(Piece.literal(literal));
    }
  }

  private static int addVariable(List<Piece> pieces, String text, int open) {
    int close = text.indexOf('}', open);
    if (close < 0) {
      throw malformed(text, "'{' without '}'");
    }
    String expression = text.substring(open + 1, close);
    if (!VARIABLE.matcher(expression).matches()) {
      throw malformed(text, "a variable is {name} or {+name}, with letters, digits, '_' and '.'");
    }
    if (!pieces.isEmpty() && pieces.get(pieces.size() - 1).variable()) {
      throw malformed(text, "two variables need something between them");
    }
    pieces.add(Piece.variable(expression));
    return close + 1;
  }

  private static void requireDistinctVariables(List<Piece> pieces, String text) {
    Set<String> names = new HashSet<>();
    for (Piece piece : pieces) {
      if (piece.variable() && !names.add(piece.literal().replace("+", ""))) {
        throw malformed(text, "a variable may be used once");
      }
    }
    if (names.size() > MAX_VARIABLES) {
      throw malformed(text, "at most %d variables".formatted(MAX_VARIABLES));
    }
  }

  private static InvalidFieldException malformed(String text, String reason) {
    return new InvalidFieldException(
        "topic", "malformed topic template '%s': %s".formatted(text, reason));
  }

  /** Whether the whole of {@code topic} fits. */
  public boolean fits(String topic) {
    boolean[] reached = new boolean[topic.length() + 1];
    reached[0] = true;
    for (Piece piece : pieces) {
      reached =
          piece.variable()
              ? overVariable(piece, topic, reached)
              : overLiteral(piece, topic, reached);
    }
    return reached[topic.length()];
  }

  /** From every place reached, the place behind the literal if it stands there. */
  private static boolean[] overLiteral(Piece piece, String topic, boolean[] reached) {
    boolean[] next = new boolean[reached.length];
    String literal = piece.literal();
    for (int i = 0; i + literal.length() < reached.length; i++) {
      next[i + literal.length()] = reached[i] && topic.startsWith(literal, i);
    }
    return next;
  }

  /** From every place reached, each place that one or more characters of the variable lead to. */
  private static boolean[] overVariable(Piece piece, String topic, boolean[] reached) {
    boolean[] next = new boolean[reached.length];
    boolean inside = false;
    for (int i = 0; i < topic.length(); i++) {
      inside = (inside || reached[i]) && (piece.anyDepth() || topic.charAt(i) != '/');
      next[i + 1] = inside;
    }
    return next;
  }

  /** Templates are equal when written alike. */
  @Override
  public boolean equals(Object other) {
    return other instanceof TopicTemplate that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
