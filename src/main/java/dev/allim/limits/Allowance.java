package dev.allim.limits;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.EstimationProbe;
import io.github.bucket4j.TimeMeter;
import java.util.List;
import java.util.Optional;

/** What is left to one publisher, by each policy there is. Safe for any thread. */
final class Allowance {
  private final List<RatePolicy> policies;
  private final List<Bucket> buckets;

  /**
   * Of what there is too little, how much is left, and after how many nanoseconds there is enough.
   */
  record Lack(RatePolicy policy, long remaining, long nanosToWait) {}

  Allowance(List<RatePolicy> policies, TimeMeter clock) {
    this.policies = policies;
    this.buckets = policies.stream().map(policy -> policy.fullBucket(clock)).toList();
  }

  /** Takes of each as much as the list says, or of none: then what it lacks. */
  Optional<Lack> take(List<Long> amounts) {
    for (int i = 0; i < policies.size(); i++) {
      if (amounts.get(i) > 0) {
        ConsumptionProbe probe = buckets.get(i).tryConsumeAndReturnRemaining(amounts.get(i));
        if (!probe.isConsumed()) {
          giveBack(amounts, i);
          return Optional.of(lack(i, probe));
        }
      }
    }
    return Optional.empty();
  }

  /** What there is nothing of, if anything; takes nothing. */
  Optional<Lack> lack() {
    for (int i = 0; i < policies.size(); i++) {
      EstimationProbe probe = buckets.get(i).estimateAbilityToConsume(1);
      if (!probe.canBeConsumed()) {
        return Optional.of(new Lack(policies.get(i), 0, probe.getNanosToWaitForRefill()));
      }
    }
    return Optional.empty();
  }

  private void giveBack(List<Long> amounts, int before) {
    for (int i = 0; i < before; i++) {
      if (amounts.get(i) > 0) {
        buckets.get(i).addTokens(amounts.get(i));
      }
    }
  }

  private Lack lack(int at, ConsumptionProbe probe) {
    return new Lack(policies.get(at), probe.getRemainingTokens(), probe.getNanosToWaitForRefill());
  }

  /** Whether it is as good as new. */
  boolean isFull() {
    for (int i = 0; i < policies.size(); i++) {
      if (buckets.get(i).getAvailableTokens() < policies.get(i).burst()) {
        return false;
      }
    }
    return true;
  }
}
