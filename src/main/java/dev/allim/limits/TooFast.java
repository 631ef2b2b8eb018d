package dev.allim.limits;

import dev.allim.http.problem.ProblemException;
import dev.allim.http.problem.ProblemType;
import java.util.Map;

/**
 * What a publisher is told that has used up its share of one policy. All but the numbers is written
 * once: whoever sends far too much is refused far more often than anybody is served, and must not
 * be the dearer one.
 */
final class TooFast {
  private static final String DETAIL_END = " s";
  private static final ProblemType TYPE = ProblemType.TOO_FAST;

  private final RatePolicy policy;
  private final String policies;
  private final String unit;
  private final String detail;
  private final String jsonBefore;
  private final String jsonAfter;
  private final String remaining;

  /**
   * The refusal of one policy.
   *
   * @param policies all there are, as the header lists them
   */
  TooFast(RatePolicy policy, String policies) {
    this.policy = policy;
    this.policies = policies;
    this.unit = policy.what() + " a second";
    this.remaining = "\"" + policy.what() + "\";r=";
    this.detail =
        "One publisher may send %d %s, and at most %d at once. Nothing of this request was published; it may be sent again after "
            .formatted(policy.rate(), unit, policy.burst());
    this.jsonBefore =
        "{\"type\":\"%s\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s"
            .formatted(TYPE.uri(), TYPE.title(), TYPE.status(), detail);
    this.jsonAfter = DETAIL_END + "\",\"limit\":%d,\"unit\":\"%s\"}".formatted(policy.rate(), unit);
  }

  /** The refusal of a request that passes after so long, while {@code left} are left. */
  ProblemException after(long seconds, long left) {
    String wait = Long.toString(seconds);
    return ProblemException.written(
        TYPE.says(detail + wait + DETAIL_END).withLimit(policy.rate(), unit),
        Map.of(
            "Retry-After", wait,
            "RateLimit-Policy", policies,
            "RateLimit", remaining + left + ";t=" + wait),
        jsonBefore + wait + jsonAfter);
  }
}
