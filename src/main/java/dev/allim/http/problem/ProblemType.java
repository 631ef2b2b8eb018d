package dev.allim.http.problem;

/**
 * The kinds of problems that say more than their status (RFC 9457, 3.1.1): a program can tell them
 * apart, and their addresses lead to what to do. The rest is {@code about:blank}. They are
 * explained in src/docs/problems.md.
 */
public enum ProblemType {
  /** Something in the request is not what it may be. */
  INVALID_FIELD(400, "invalid-field", "A field is not what it may be"),
  /** There is nothing to be cancelled. */
  NOT_WAITING(404, "not-waiting", "Nothing with this id waits for its time"),
  /** A body that does not get on. */
  BODY_TOO_SLOW(408, "body-too-slow", "The body comes too slowly"),
  /** Another notification has the id. */
  ID_TAKEN(409, "id-taken", "The id is taken"),
  /** More bytes than are taken. */
  TOO_LARGE(413, "too-large", "It is larger than it may be"),
  /** A content coding. */
  UNKNOWN_CODING(415, "unknown-coding", "The coding of the body is not known"),
  /** Not the same publish again. */
  KEY_REUSED(422, "key-reused", "The idempotency key was used for something else"),
  /** More than one publisher's share. */
  TOO_FAST(429, "too-fast", "More was sent than is one publisher's share"),
  /** For now. */
  OVERLOADED(503, "overloaded", "The hub has more to do than it can"),
  /** For now. */
  LOG_UNAVAILABLE(503, "log-unavailable", "The log cannot be written or read"),
  /** It takes too long to find. */
  TOO_BROAD(503, "too-broad", "What is asked for takes too long to find"),
  /** A budget beside the history is used up. */
  NO_ROOM(507, "no-room", "There is no room for it beside the history");

  /** The path of what is said of them. */
  public static final String PAGE = "/problems.html";

  private final int status;
  private final String anchor;
  private final String title;

  ProblemType(int status, String anchor, String title) {
    this.status = status;
    this.anchor = anchor;
    this.title = title;
  }

  /** The HTTP status that it is answered with. */
  public int status() {
    return status;
  }

  /** Where it is explained: a path of the hub that answered. */
  public String uri() {
    return PAGE + '#' + anchor;
  }

  /** What it is, in short; the same each time. */
  public String title() {
    return title;
  }

  /** A problem of this kind with the request as a whole. */
  public Problem says(String detail) {
    return Problem.of(this, detail);
  }

  /** A problem of this kind with one field. */
  public Problem inField(String field, String detail) {
    return says(detail).withField(field);
  }
}
