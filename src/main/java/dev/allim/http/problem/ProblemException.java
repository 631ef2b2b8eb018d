package dev.allim.http.problem;

import java.util.Map;
import java.util.Optional;

/** Ends the handling of a request with a problem. Nothing has been changed when it is thrown. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;
  private final transient Map<String, String> headers;
  private final transient Optional<String> written;

  /** Says what is wrong. */
  public ProblemException(Problem problem) {
    this(problem, Map.of());
  }

  /** Says what is wrong, and with headers of the answer what would be right. */
  public ProblemException(Problem problem, Map<String, String> headers) {
    this(problem, headers, Optional.empty());
  }

  private ProblemException(Problem problem, Map<String, String> headers, Optional<String> written) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
    this.headers = Map.copyOf(headers);
    this.written = written;
  }

  /**
   * The same for one that is said again and again, and so is written already.
   *
   * @param json the problem as JSON
   */
  public static ProblemException written(
      Problem problem, Map<String, String> headers, String json) {
    return new ProblemException(problem, headers, Optional.of(json));
  }

  /** What is wrong. */
  public Problem problem() {
    return problem;
  }

  /** What is wrong as JSON, where that is there. */
  public Optional<String> written() {
    return written;
  }

  /** What the answer has of headers besides. */
  public Map<String, String> headers() {
    return headers;
  }
}
