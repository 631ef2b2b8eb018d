package dev.allim.urlpattern;

import dev.allim.text.CharSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/**
 * A URI template of RFC 6570, levels 1 to 4, used to match: it matches what it might expand to for
 * some values of its variables, which may be none. Values are not kept, so that neither names nor
 * lengths of prefixes ({@code {var:3}}) matter, and the same variable may have two values.
 *
 * <p>Immutable. Matching takes time in proportion to the text's length times the template's,
 * whatever the template, and about a millisecond at most: what would take more does not match.
 * Equal when written alike.
 */
public final class UriTemplate {
  private static final Pattern VARIABLE =
      Pattern.compile(
          "(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2})(?:\\.?(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2}))*+"
              + "(?:\\*|:[1-9][0-9]{0,3})?");

  private static final CharSet UNRESERVED = CharSet.ALPHANUMERIC.or(CharSet.of("-._~,"));
  private static final CharSet RESERVED = UNRESERVED.or(CharSet.of(":/?#[]@!$&'()*+,;="));
  private static final CharSet NO_LITERALS =
      CharSet.range(0, ' ').or(CharSet.of("\"<>\\^`|}\u007F"));
  private static final Node ENCODED =
      new Node.Sequence(
          List.of(new Node.Text("%"), new Node.OneOf(CharSet.HEX), new Node.OneOf(CharSet.HEX)));

  private final String text;
  private final Program program;

  private UriTemplate(String text) {
    this.text = text;
    this.program = Program.of(nodes(text));
  }

  /**
   * Reads a template.
   *
   * @throws UrlPatternSyntaxException if it is malformed or too large
   */
  public static UriTemplate compile(String text) {
    try {
      return new UriTemplate(text);
    } catch (UrlPatternSyntaxException malformed) {
      throw malformed.in("template");
    }
  }

  private static List<Node> nodes(String text) {
    List<Node> nodes = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int open = text.indexOf('{', at);
      int end = open < 0 ? text.length() : open;
      nodes.add(literal(text, at, end));
      at = end;
      if (open >= 0) {
        at = close(text, open) + 1;
        nodes.add(expression(text.substring(open + 1, at - 1), open + 1));
      }
    }
    return nodes;
  }

  private static int close(String text, int open) {
    int close = text.indexOf('}', open);
    if (close < 0) {
      throw new UrlPatternSyntaxException(open, "'{' needs a '}'");
    }
    return close;
  }

  private static Node literal(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      boolean isBarePercent = c == '%' && !(i + 2 < to && isHex(text, i + 1) && isHex(text, i + 2));
      if (isBarePercent || NO_LITERALS.has(c)) {
        throw new UrlPatternSyntaxException(i, "'%s' cannot stand in a template".formatted(c));
      }
    }
    return new Node.Text(text.substring(from, to));
  }

  private static boolean isHex(String text, int index) {
    return CharSet.HEX.has(text.charAt(index));
  }

  /** How values are written behind an operator. */
  private enum Operator {
    SIMPLE("", ",", false, false),
    RESERVED_VALUES("", ",", true, false),
    FRAGMENT("#", ",", true, false),
    LABEL(".", ".", false, false),
    PATH("/", "/", false, false),
    PARAMETERS(";", ";", false, true),
    QUERY("?", "&", false, true),
    MORE_QUERY("&", "&", false, true);

    private static final String SIGNS = "+#./;?&";

    private final String first;
    private final String separator;
    private final boolean isReserved;
    private final boolean isNamed;

    Operator(String first, String separator, boolean isReserved, boolean isNamed) {
      this.first = first;
      this.separator = separator;
      this.isReserved = isReserved;
      this.isNamed = isNamed;
    }

    static Operator of(char sign) {
      return values()[SIGNS.indexOf(sign) + 1];
    }

    Node value(boolean isExploded) {
      CharSet values = isReserved ? RESERVED : UNRESERVED;
      CharSet set = isNamed || isExploded ? values.or(CharSet.of("=")) : values;
      return new Node.Repeat(
          new Node.Choice(List.of(new Node.OneOf(set), ENCODED)), 0, Node.UNBOUNDED);
    }
  }

  private static Node expression(String expression, int offset) {
    if (expression.isEmpty()) {
      throw new UrlPatternSyntaxException(offset, "a variable is expected");
    }
    Operator operator = Operator.of(expression.charAt(0));
    boolean hasSign = !operator.equals(Operator.SIMPLE);
    String[] variables = expression.substring(hasSign ? 1 : 0).split(",", -1);
    boolean isExploded = false;
    for (String variable : variables) {
      if (!VARIABLE.matcher(variable).matches()) {
        throw new UrlPatternSyntaxException(offset, "'%s' is no variable".formatted(variable));
      }
      isExploded |= variable.endsWith("*");
    }
    return expansions(operator, variables.length, isExploded);
  }

  /** One value for each variable at most, or any number of them where there are lists. */
  private static Node expansions(Operator operator, int variables, boolean isExploded) {
    Node value = operator.value(isExploded);
    Node more =
        new Node.Repeat(
            new Node.Sequence(List.of(new Node.Text(operator.separator), value)),
            0,
            isExploded ? Node.UNBOUNDED : variables - 1);
    Node all = new Node.Sequence(List.of(new Node.Text(operator.first), value, more));
    return new Node.Repeat(all, 0, 1);
  }

  /** Whether the whole of {@code candidate} is something that this may expand to. */
  public boolean matches(String candidate) {
    return matches(candidate, steps -> {});
  }

  /**
   * The same.
   *
   * @param costs told how many steps it took, of about a nanosecond each; at most {@link #cost}
   */
  public boolean matches(String candidate, LongConsumer costs) {
    return program.matches(candidate, costs);
  }

  /** The most steps that a text of so many characters takes. */
  public long cost(long length) {
    return 1 + program.cost(length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UriTemplate that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }
}
