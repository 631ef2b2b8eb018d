package dev.allim.security;

/** Values of {@code WWW-Authenticate} (RFC 6750, 3). */
final class Challenge {
  /** Nothing was shown. */
  static final String NONE = "Bearer realm=\"allim\"";

  /** What was shown proves nothing; why is nobody's business. */
  static final String INVALID =
      NONE + ", error=\"invalid_token\", error_description=\"The token is not valid\"";

  /** It was shown in a way in which it is not to be. */
  static final String MISPLACED = NONE + ", error=\"invalid_request\"";

  private Challenge() {}

  /** What was shown does not grant that. */
  static String insufficient(String scope) {
    return NONE + ", error=\"insufficient_scope\", scope=\"%s\"".formatted(scope);
  }
}
