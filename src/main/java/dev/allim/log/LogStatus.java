package dev.allim.log;

import java.time.Duration;

/**
 * How a log is, as far as this program knows without asking a disk or a network.
 *
 * @param head the position of the newest notification that was ever appended, 0 while there was
 *     none
 * @param writable whether it took what it was last given
 * @param events about how many notifications are kept: places in the order from the oldest to the
 *     newest
 * @param bytes that they take where they are kept
 * @param lag places in the order that the log has and those who follow it in this program have not
 *     heard of; 0 where nobody else appends
 * @param behind how long ago they had heard all that the log had then, as far as is known; zero
 *     where nobody else appends, and while they have heard all
 * @param place where it is, for people
 */
public record LogStatus(
    long head, boolean writable, long events, long bytes, long lag, Duration behind, String place) {
  /** Of a log to which nobody else appends. */
  public LogStatus(long head, boolean writable, long events, long bytes, String place) {
    this(head, writable, events, bytes, 0, Duration.ZERO, place);
  }
}
