package dev.allim.log;

/** Where somebody begins in a log, and what is missing there; all of it as of one moment. */
public sealed interface Location {
  /** Behind which to read on. Where what was asked for is not known, that is all that is kept. */
  long position();

  /** Up to where something that is asked for is gone, see {@link Page#truncatedUpTo}. */
  long truncatedUpTo();

  /** Whether something is missing that would have come behind what was asked for. */
  default boolean isGap() {
    return !(this instanceof Known) || truncatedUpTo() > position();
  }

  /**
   * It is there.
   *
   * @param position the place
   * @param truncatedUpTo up to where something is gone
   */
  record Known(long position, long truncatedUpTo) implements Location {}

  /**
   * A notification with this id is kept, and another one may have had the id before: which of them
   * is meant cannot be told.
   *
   * @param position of all that is kept
   * @param truncatedUpTo up to where something is gone
   */
  record Ambiguous(long position, long truncatedUpTo) implements Location {}

  /**
   * Nothing with this id is kept.
   *
   * @param position of all that is kept
   * @param truncatedUpTo up to where something is gone
   */
  record Unknown(long position, long truncatedUpTo) implements Location {}
}
