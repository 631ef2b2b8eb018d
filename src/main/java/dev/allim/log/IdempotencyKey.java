package dev.allim.log;

/**
 * A key that makes a publish idempotent. Keys of different scopes have nothing to do with each
 * other, so that no publisher can probe or replay another's.
 *
 * @param scope whose key it is, without line breaks; empty while publishers are not told apart
 * @param key in whatever form
 */
public record IdempotencyKey(String scope, String key) {
  private static final String BETWEEN = "\n";

  /** A key of nobody in particular. */
  public static IdempotencyKey of(String key) {
    return new IdempotencyKey("", key);
  }

  /** Both as one text, another one for each pair, as engines keep it. */
  public String text() {
    return scope.isEmpty() ? key : scope + BETWEEN + key;
  }
}
