package dev.allim.urlpattern;

import dev.allim.text.CharSet;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads an expression in parentheses: ECMAScript's regular expressions with the flag {@code v},
 * without what no automaton matches in linear time. Whether a quantifier is lazy makes no
 * difference to whether all of a text matches. For one thread and one expression.
 */
final class RegexpParser {
  /** How often something may be asked to repeat; each is a copy. */
  private static final int MOST_REPEATED = 1_000;

  private static final CharSet ANY = CharSet.of("\n\r").not();

  private final RegexpCursor cursor;

  private RegexpParser(RegexpCursor cursor) {
    this.cursor = cursor;
  }

  /**
   * What {@code text} matches.
   *
   * @param offset where it stands in its pattern
   * @throws UrlPatternSyntaxException if it is malformed or not supported
   */
  static Node parse(String text, int offset) {
    RegexpCursor cursor = new RegexpCursor(text, offset);
    Node node = new RegexpParser(cursor).alternatives();
    if (!cursor.isAtEnd()) {
      throw cursor.malformed("')' closes nothing");
    }
    return node;
  }

  private Node alternatives() {
    List<Node> all = new ArrayList<>(List.of(sequence()));
    while (cursor.take("|")) {
      all.add(sequence());
    }
    return all.size() == 1 ? all.get(0) : new Node.Choice(all);
  }

  private Node sequence() {
    List<Node> all = new ArrayList<>();
    while (!cursor.isAtEnd() && !cursor.isAt("|") && !cursor.isAt(")")) {
      all.add(term());
    }
    return all.size() == 1 ? all.get(0) : new Node.Sequence(all);
  }

  private Node term() {
    Node atom = atom(cursor.next());
    return atom instanceof Node.Place ? atom : quantified(atom);
  }

  private Node atom(char c) {
    return switch (c) {
      case '^' -> new Node.Place(Node.Place.Kind.BEGINNING);
      case '$' -> new Node.Place(Node.Place.Kind.END);
      case '.' -> new Node.OneOf(ANY);
      case '(' -> group();
      case '[' -> new Node.OneOf(RegexpClass.read(cursor));
      case '\\' -> escaped();
      case '*', '+', '?', '{' -> throw cursor.malformed("'%s' repeats nothing".formatted(c));
      case '}', ']' -> throw cursor.malformed("'%s' closes nothing".formatted(c));
      default -> new Node.Text(String.valueOf(c));
    };
  }

  private Node escaped() {
    if (cursor.take("b")) {
      return new Node.Place(Node.Place.Kind.EDGE_OF_WORD);
    }
    if (cursor.take("B")) {
      return new Node.Place(Node.Place.Kind.NO_EDGE_OF_WORD);
    }
    return new Node.OneOf(RegexpEscapes.read(cursor));
  }

  private Node group() {
    cursor.enter();
    readGroupHead();
    Node node = alternatives();
    if (!cursor.take(")")) {
      throw cursor.malformed("'(' needs a ')'");
    }
    cursor.leave();
    // in a sequence of its own: what it is a group of must not be taken for a place
    return new Node.Sequence(List.of(node));
  }

  private void readGroupHead() {
    if (cursor.take("?=") || cursor.take("?!") || cursor.take("?<=") || cursor.take("?<!")) {
      throw cursor.malformed("looking around takes more than linear time, and is not supported");
    }
    if (cursor.take("?<")) {
      String name = cursor.run(CharSet.ALPHANUMERIC.or(CharSet.of("_$")), Integer.MAX_VALUE);
      if (name.isEmpty() || CharSet.DIGITS.has(name.charAt(0)) || !cursor.take(">")) {
        throw cursor.malformed("a group's name is expected");
      }
    } else if (!cursor.take("?:") && cursor.isAt("?")) {
      throw cursor.malformed("no such kind of group is supported");
    }
  }

  private Node quantified(Node atom) {
    Node node = atom;
    if (cursor.take("*")) {
      node = new Node.Repeat(atom, 0, Node.UNBOUNDED);
    } else if (cursor.take("+")) {
      node = new Node.Repeat(atom, 1, Node.UNBOUNDED);
    } else if (cursor.take("?")) {
      node = new Node.Repeat(atom, 0, 1);
    } else if (cursor.take("{")) {
      node = counted(atom);
    } else {
      return atom;
    }
    cursor.take("?");
    return node;
  }

  private Node counted(Node atom) {
    int least = count();
    int most = least;
    if (cursor.take(",")) {
      most = cursor.isAt("}") ? Node.UNBOUNDED : count();
    }
    if (!cursor.take("}") || (most != Node.UNBOUNDED && most < least)) {
      throw cursor.malformed("{n}, {n,} or {n,m} is expected");
    }
    return new Node.Repeat(atom, least, most);
  }

  private int count() {
    String digits = cursor.run(CharSet.DIGITS, 9);
    if (digits.isEmpty() || Integer.parseInt(digits) > MOST_REPEATED) {
      throw cursor.malformed("a number up to %d is expected".formatted(MOST_REPEATED));
    }
    return Integer.parseInt(digits);
  }
}
