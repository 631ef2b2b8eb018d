package dev.allim.log.append;

/**
 * How much of the room beside the history there is, and how much of it is taken. It follows what an
 * engine has counted, and what is committed since. Any thread.
 */
public final class SideBudget {
  private final SideRoom limit;
  private SideRoom used = SideRoom.NONE;
  private int counted;

  /** Nothing of {@code limit} is taken. */
  public SideBudget(SideRoom limit) {
    this.limit = limit;
  }

  /** What there is at most. */
  public SideRoom limit() {
    return limit;
  }

  /** What is taken. */
  public synchronized SideRoom used() {
    return used;
  }

  /** How often it was counted anew: to be asked within the transaction that is booked. */
  public synchronized int counted() {
    return counted;
  }

  /** Counted anew, from what is kept. */
  public synchronized void count(SideRoom found) {
    used = found;
    counted++;
  }

  /**
   * A transaction brought and took these.
   *
   * @param when what {@link #counted} was within it: one that has been counted since is not booked
   *     twice
   */
  public synchronized void book(SideRoom came, SideRoom went, int when) {
    if (when == counted) {
      used = used.plus(came).minus(went);
    }
  }
}
