package dev.allim.api;

import dev.allim.http.problem.ProblemException;
import dev.allim.http.problem.ProblemType;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How long the history is searched for one page: until the client has gone, or its time is over.
 *
 * @param gone whether nobody waits for the page any more
 * @param nanoTime measures durations
 * @param until when it is over, in those nanoseconds
 */
record Patience(BooleanSupplier gone, LongSupplier nanoTime, long until) {
  /**
   * To be asked before every step.
   *
   * @throws ProblemException if there should be no more of them
   */
  void requireMore() {
    if (gone.getAsBoolean()) {
      throw refusal("the client has gone");
    }
    if (nanoTime.getAsLong() - until >= 0) {
      throw refusal(
          "finding what is asked for takes too long; ask for topics by their names, for fewer"
              + " templates, or since a later time");
    }
  }

  /**
   * What {@code search} finds. A fault that it meets when nobody waits any more would be told to
   * nobody, which is logged as a fault of the hub: then it is {@code nothing}.
   */
  <T> T tellNobodyWhoLeft(T nothing, Supplier<T> search) {
    try {
      return search.get();
    } catch (RuntimeException fault) {
      if (gone.getAsBoolean()) {
        return nothing;
      }
      throw fault;
    }
  }

  private static ProblemException refusal(String why) {
    return new ProblemException(ProblemType.TOO_BROAD.inField("topic", why));
  }
}
