package dev.allim.http.problem;

import java.util.Map;

/** Ends the handling of a request with a problem. Nothing has been changed when it is thrown. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;
  private final transient Map<String, String> headers;

  /** Says what is wrong. */
  public ProblemException(Problem problem) {
    this(problem, Map.of());
  }

  /** Says what is wrong, and with headers of the answer what would be right. */
  public ProblemException(Problem problem, Map<String, String> headers) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
    this.headers = Map.copyOf(headers);
  }

  /** What is wrong. */
  public Problem problem() {
    return problem;
  }

  /** What the answer has of headers besides. */
  public Map<String, String> headers() {
    return headers;
  }
}
