package dev.allim.urlpattern;

import dev.allim.urlpattern.url.Component;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes a pattern that is written like a URL apart into those of its components. For one thread and
 * one pattern.
 */
final class ConstructorString {
  private final String input;
  private final List<Token> tokens;
  private final Map<Component, String> result = new EnumMap<>(Component.class);
  private State state = State.INIT;
  private int componentStart;
  private int index;
  private int increment;
  private int groupDepth;
  private int bracketDepth;
  private boolean isSpecial;

  /** What is being read. */
  private enum State {
    INIT,
    PROTOCOL(Component.PROTOCOL),
    AUTHORITY,
    USERNAME(Component.USERNAME),
    PASSWORD(Component.PASSWORD),
    HOSTNAME(Component.HOSTNAME),
    PORT(Component.PORT),
    PATHNAME(Component.PATHNAME),
    SEARCH(Component.SEARCH),
    HASH(Component.HASH),
    DONE;

    private final Optional<Component> component;

    State() {
      component = Optional.empty();
    }

    State(Component component) {
      this.component = Optional.of(component);
    }

    boolean isBefore(State other) {
      return compareTo(other) < 0;
    }
  }

  private ConstructorString(String input) {
    this.input = input;
    this.tokens = Tokenizer.tokenizeLeniently(input);
  }

  /** Those that it names. */
  static Map<Component, String> parse(String input) {
    ConstructorString parser = new ConstructorString(input);
    parser.parse();
    return parser.result;
  }

  private void parse() {
    while (index < tokens.size() && state != State.DONE) {
      increment = 1;
      Token token = tokens.get(index);
      if (token.is(Token.Type.END)) {
        end();
      } else if (token.is(Token.Type.OPEN)) {
        groupDepth++;
      } else if (groupDepth > 0) {
        groupDepth -= token.is(Token.Type.CLOSE) ? 1 : 0;
      } else {
        read();
      }
      index += increment;
    }
    if (result.containsKey(Component.HOSTNAME)) {
      result.putIfAbsent(Component.PORT, "");
    }
  }

  private void end() {
    switch (state) {
      case INIT -> endOfRelative();
      case AUTHORITY -> rewind(State.HOSTNAME);
      case PROTOCOL, USERNAME, PASSWORD, HOSTNAME, PORT, PATHNAME, SEARCH, HASH, DONE ->
          change(State.DONE, 0);
    }
  }

  /** There was no protocol: what it is shows at its beginning. */
  private void endOfRelative() {
    index = componentStart;
    increment = 0;
    if (isPlain("#")) {
      change(State.HASH, 1);
    } else if (isSearchPrefix()) {
      change(State.SEARCH, 1);
    } else {
      change(State.PATHNAME, 0);
    }
  }

  private void read() {
    switch (state) {
      case INIT -> readInit();
      case PROTOCOL -> readProtocol();
      case AUTHORITY -> readAuthority();
      case USERNAME -> readUsername();
      case PASSWORD -> readPassword();
      case HOSTNAME -> readHostname();
      case PORT, PATHNAME, SEARCH -> readTo(state);
      case HASH, DONE -> {}
    }
  }

  private void readInit() {
    if (isPlain(":")) {
      rewind(State.PROTOCOL);
    }
  }

  private void readProtocol() {
    if (!isPlain(":")) {
      return;
    }
    isSpecial = UrlPattern.matchesSpecial(UrlPattern.protocol(component()));
    boolean hasSlashes = token(index + 1).isPlain("/") && token(index + 2).isPlain("/");
    if (hasSlashes) {
      change(State.AUTHORITY, 3);
    } else {
      change(isSpecial ? State.AUTHORITY : State.PATHNAME, 1);
    }
  }

  private void readAuthority() {
    if (isPlain("@")) {
      rewind(State.USERNAME);
    } else if (isPlain("/") || isSearchPrefix() || isPlain("#")) {
      rewind(State.HOSTNAME);
    }
  }

  private void readUsername() {
    if (isPlain(":")) {
      change(State.PASSWORD, 1);
    } else {
      readPassword();
    }
  }

  private void readPassword() {
    if (isPlain("@")) {
      change(State.HOSTNAME, 1);
    }
  }

  private void readHostname() {
    if (isPlain("[")) {
      bracketDepth++;
    } else if (isPlain("]")) {
      bracketDepth--;
    } else if (isPlain(":") && bracketDepth == 0) {
      change(State.PORT, 1);
    } else {
      readTo(state);
    }
  }

  /** What comes behind this state, if it begins here. */
  private void readTo(State from) {
    if (from.isBefore(State.PATHNAME) && isPlain("/")) {
      change(State.PATHNAME, 0);
    } else if (from.isBefore(State.SEARCH) && isSearchPrefix()) {
      change(State.SEARCH, 1);
    } else if (isPlain("#")) {
      change(State.HASH, 1);
    }
  }

  private void rewind(State next) {
    index = componentStart;
    increment = 0;
    state = next;
  }

  private void change(State next, int skip) {
    state.component.ifPresent(component -> result.put(component, component()));
    if (state != State.INIT && next != State.DONE) {
      fillBetween(next);
    }
    state = next;
    index += skip;
    componentStart = index;
    increment = 0;
  }

  /** What is left out before something that is written is empty, not just anything. */
  private void fillBetween(State next) {
    if (state.isBefore(State.HOSTNAME) && State.HOSTNAME.isBefore(next)) {
      result.putIfAbsent(Component.HOSTNAME, "");
    }
    if (state.isBefore(State.PATHNAME) && State.PATHNAME.isBefore(next)) {
      result.putIfAbsent(Component.PATHNAME, isSpecial ? "/" : "");
    }
    if (state.isBefore(State.SEARCH) && State.SEARCH.isBefore(next)) {
      result.putIfAbsent(Component.SEARCH, "");
    }
  }

  private String component() {
    return input.substring(token(componentStart).index(), tokens.get(index).index());
  }

  private Token token(int at) {
    return tokens.get(Math.min(at, tokens.size() - 1));
  }

  private boolean isPlain(String character) {
    return token(index).isPlain(character);
  }

  /** A question mark is one that modifies nothing. */
  private boolean isSearchPrefix() {
    if (isPlain("?")) {
      return true;
    }
    if (!token(index).value().equals("?")) {
      return false;
    }
    return index == 0
        || switch (tokens.get(index - 1).type()) {
          case NAME, REGEXP, CLOSE, ASTERISK -> false;
          case OPEN, CHAR, ESCAPED_CHAR, OTHER_MODIFIER, END, INVALID_CHAR -> true;
        };
  }
}
