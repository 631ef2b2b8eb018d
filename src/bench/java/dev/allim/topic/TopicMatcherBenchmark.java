package dev.allim.topic;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One matcher and one topic that it takes, and one that it does not. */
@State(Scope.Benchmark)
public class TopicMatcherBenchmark {
  /** As subscribers write it. */
  @Param({"orders/42/items/7", "orders/{id}/items/{item}", "orders/{+rest}", "*"})
  public String matcher = "";

  private final Topic fitting = new Topic("orders/42/items/7");
  private final Topic other = new Topic("invoices/42/items/7");
  private TopicMatcher parsed = new TopicMatcher.AnyTopic();

  /** Parses it. */
  @Setup
  public void parse() {
    parsed = TopicMatcher.parse(matcher);
  }

  /** Takes it. */
  @Benchmark
  public boolean fits() {
    return parsed.matches(fitting);
  }

  /** Does not take it, except for {@code *}. */
  @Benchmark
  public boolean fitsNot() {
    return parsed.matches(other);
  }
}
