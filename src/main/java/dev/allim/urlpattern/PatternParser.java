package dev.allim.urlpattern;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads the pattern of one component. For one thread and one pattern. */
final class PatternParser {
  private static final Token NONE = new Token(Token.Type.END, 0, "");

  private final List<Token> tokens;
  private final PatternOptions options;
  private final Function<String, Optional<String>> canonical;
  private final List<Node> nodes = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final StringBuilder pending = new StringBuilder();
  private int index;

  private PatternParser(
      String input, PatternOptions options, Function<String, Optional<String>> canonical) {
    this.tokens = Tokenizer.tokenize(input);
    this.options = options;
    this.canonical = canonical;
  }

  /**
   * What {@code input} matches, part by part.
   *
   * @param canonical makes of a fixed text what a URL has for it, or nothing if none can have it
   */
  static List<Node> parse(
      String input, PatternOptions options, Function<String, Optional<String>> canonical) {
    return new PatternParser(input, options, canonical).parse();
  }

  private List<Node> parse() {
    while (!tokens.get(index).is(Token.Type.END)) {
      Optional<Token> character = take(Token.Type.CHAR);
      Group group = takeGroup();
      if (group.isPresent()) {
        addGroup(prefix(character), group);
      } else if (character.isPresent()) {
        pending.append(character.get().value());
      } else {
        addOther();
      }
    }
    addPending();
    return nodes;
  }

  /** What stands for something unknown: a name, an expression, an asterisk, or a name with one. */
  private record Group(Optional<Token> name, Optional<Token> expression) {
    boolean isPresent() {
      return name.isPresent() || expression.isPresent();
    }
  }

  private Group takeGroup() {
    Optional<Token> name = take(Token.Type.NAME);
    Optional<Token> expression = take(Token.Type.REGEXP);
    return new Group(
        name, name.isPresent() || expression.isPresent() ? expression : take(Token.Type.ASTERISK));
  }

  private Optional<Token> take(Token.Type type) {
    Token token = tokens.get(index);
    if (!token.is(type) || token.is(Token.Type.END)) {
      return Optional.empty();
    }
    index++;
    return Optional.of(token);
  }

  private String prefix(Optional<Token> character) {
    String prefix = character.orElse(NONE).value();
    if (prefix.equals(options.prefix())) {
      return prefix;
    }
    pending.append(prefix);
    return "";
  }

  private void addGroup(String prefix, Group group) {
    addPending();
    addPart(prefix, group, "", takeModifier());
  }

  private void addOther() {
    Optional<Token> escaped = take(Token.Type.ESCAPED_CHAR);
    if (escaped.isPresent()) {
      pending.append(escaped.get().value());
    } else if (take(Token.Type.OPEN).isPresent()) {
      addBraces();
    } else {
      throw malformed("'%s' has no meaning here".formatted(tokens.get(index).value()));
    }
  }

  private void addBraces() {
    String prefix = takeText();
    Group group = takeGroup();
    String suffix = takeText();
    if (take(Token.Type.CLOSE).isEmpty()) {
      throw malformed("'}' is expected here");
    }
    String modifier = takeModifier();
    if (!group.isPresent() && modifier.isEmpty()) {
      pending.append(prefix);
      return;
    }
    addPending();
    addPart(prefix, group, suffix, modifier);
  }

  private String takeText() {
    StringBuilder text = new StringBuilder();
    Optional<Token> token = take(Token.Type.CHAR).or(() -> take(Token.Type.ESCAPED_CHAR));
    while (token.isPresent()) {
      text.append(token.get().value());
      token = take(Token.Type.CHAR).or(() -> take(Token.Type.ESCAPED_CHAR));
    }
    return text.toString();
  }

  private String takeModifier() {
    return take(Token.Type.OTHER_MODIFIER).or(() -> take(Token.Type.ASTERISK)).orElse(NONE).value();
  }

  private void addPending() {
    if (!pending.isEmpty()) {
      nodes.add(text(pending.toString()));
      pending.setLength(0);
    }
  }

  private Node text(String value) {
    return new Node.Text(
        canonical
            .apply(value)
            .orElseThrow(() -> malformed("no URL has '%s' there".formatted(value))));
  }

  private void addPart(String prefix, Group group, String suffix, String modifier) {
    Node before = text(prefix);
    Node behind = text(suffix);
    if (!group.isPresent()) {
      nodes.add(new Node.Repeat(before, least(modifier), most(modifier)));
      return;
    }
    Node body = body(group);
    Node once = new Node.Sequence(List.of(before, body, behind));
    if (modifier.isEmpty()) {
      nodes.addAll(List.of(before, body, behind));
    } else if (modifier.equals("?")) {
      nodes.add(new Node.Repeat(once, 0, 1));
    } else {
      nodes.add(repeated(once, least(modifier)));
    }
  }

  /** Several with their prefixes and suffixes, one behind the other. */
  private static Node repeated(Node once, int least) {
    return new Node.Repeat(once, least, Node.UNBOUNDED);
  }

  private Node body(Group group) {
    group.name().ifPresent(this::requireNew);
    if (group.expression().isEmpty()) {
      return options.segment();
    }
    Token expression = group.expression().get();
    if (expression.is(Token.Type.ASTERISK)) {
      return Node.ANYTHING;
    }
    return RegexpParser.parse(expression.value(), expression.index() + 1);
  }

  private void requireNew(Token name) {
    if (!names.add(name.value())) {
      throw malformed("the name '%s' is used twice".formatted(name.value()));
    }
  }

  private static int least(String modifier) {
    return modifier.equals("+") ? 1 : 0;
  }

  private static int most(String modifier) {
    return modifier.equals("?") ? 1 : Node.UNBOUNDED;
  }

  private UrlPatternSyntaxException malformed(String reason) {
    return new UrlPatternSyntaxException(tokens.get(index).index(), reason);
  }
}
