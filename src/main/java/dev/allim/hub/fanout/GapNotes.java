package dev.allim.hub.fanout;

import dev.allim.hub.spi.Gap;
import java.util.Optional;

/** What one subscriber misses and is to be told of. Its lane's loop only. */
public final class GapNotes {
  private Optional<Gap> untold = Optional.empty();
  private long knownTruncated;

  /**
   * Whether one that stands at {@code position} misses something that it does not know of yet, as
   * what it asks for is gone up to {@code truncatedUpTo}.
   */
  public boolean misses(long truncatedUpTo, long position) {
    return truncatedUpTo > position && truncatedUpTo > knownTruncated;
  }

  /** It knows, or does not care, that what it asks for is gone up to there. */
  public void knowsTruncated(long upTo) {
    knownTruncated = upTo;
  }

  /**
   * It will be told of this gap with the next that it gets, when it is known where it resumes; one
   * that it has not been told of yet reaches as far.
   */
  public void note(Gap gap) {
    untold = untold.isPresent() ? untold : Optional.of(gap);
  }

  /** The gap it has to be told of, once. */
  Optional<Gap> take() {
    Optional<Gap> gap = untold;
    untold = Optional.empty();
    return gap;
  }
}
