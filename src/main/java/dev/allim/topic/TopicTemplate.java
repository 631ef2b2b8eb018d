package dev.allim.topic;

import dev.allim.text.InvalidFieldException;
import dev.allim.text.PlainText;
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
public final class TopicTemplate implements TopicPattern {
  /**
   * What one template may hold at all; protects the evaluation of every publish from one
   * subscriber.
   */
  public static final int MAX_VARIABLES = 16;

  private static final Pattern VARIABLE = Pattern.compile("\\+?[A-Za-z0-9_.]+");

  private final String text;
  private final List<TemplatePiece> pieces;
  private final String beginning;
  private final String end;

  private TopicTemplate(String text, List<TemplatePiece> pieces) {
    this.text = text;
    this.pieces = List.copyOf(pieces);
    this.beginning = text.split("[{]", 2)[0];
    this.end = text.substring(text.lastIndexOf('}') + 1);
  }

  /**
   * Reads a template.
   *
   * @throws InvalidFieldException if braces do not pair, a variable has no valid name or is named
   *     twice, two variables touch, or there are more than {@value #MAX_VARIABLES}
   */
  public static TopicTemplate parse(String text) {
    PlainText.require("topic", text);
    List<TemplatePiece> pieces = new ArrayList<>();
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

  private static void addLiteral(List<TemplatePiece> pieces, String text, int from, int to) {
    String literal = text.substring(from, to);
    if (literal.indexOf('}') >= 0) {
      throw malformed(text, "'}' without '{'");
    }
    if (!literal.isEmpty()) {
      pieces.add(new TemplatePiece.Literal(literal));
    }
  }

  private static int addVariable(List<TemplatePiece> pieces, String text, int open) {
    int close = text.indexOf('}', open);
    if (close < 0) {
      throw malformed(text, "'{' without '}'");
    }
    String expression = text.substring(open + 1, close);
    if (!VARIABLE.matcher(expression).matches()) {
      throw malformed(text, "a variable is {name} or {+name}, with letters, digits, '_' and '.'");
    }
    if (!pieces.isEmpty() && pieces.get(pieces.size() - 1) instanceof TemplatePiece.Variable) {
      throw malformed(text, "two variables need something between them");
    }
    boolean anyDepth = expression.startsWith("+");
    pieces.add(new TemplatePiece.Variable(expression.substring(anyDepth ? 1 : 0), anyDepth));
    return close + 1;
  }

  private static void requireDistinctVariables(List<TemplatePiece> pieces, String text) {
    Set<String> names = new HashSet<>();
    for (TemplatePiece piece : pieces) {
      if (piece instanceof TemplatePiece.Variable variable && !names.add(variable.name())) {
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

  @Override
  public int variables() {
    return (int) pieces.stream().filter(TemplatePiece.Variable.class::isInstance).count();
  }

  @Override
  public boolean fitsAll() {
    return pieces.size() == 1
        && pieces.get(0) instanceof TemplatePiece.Variable variable
        && variable.anyDepth();
  }

  /** One step for each piece and character. */
  @Override
  public long cost(String topic) {
    return mayFit(topic) ? (long) pieces.size() * topic.length() : 1;
  }

  /** Most topics that do not fit are told by their ends. */
  private boolean mayFit(String topic) {
    return topic.startsWith(beginning) && topic.endsWith(end);
  }

  @Override
  public boolean fits(String topic) {
    return mayFit(topic) && fitsThroughout(topic);
  }

  private boolean fitsThroughout(String topic) {
    boolean[] reached = new boolean[topic.length() + 1];
    reached[0] = true;
    for (TemplatePiece piece : pieces) {
      reached = piece.advance(topic, reached);
    }
    return reached[topic.length()];
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
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return text;
  }
}
