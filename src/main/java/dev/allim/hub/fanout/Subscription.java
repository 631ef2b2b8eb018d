package dev.allim.hub.fanout;

import dev.allim.hub.spi.Frame;
import dev.allim.hub.spi.MemoryBudget;
import dev.allim.hub.spi.Wire;
import dev.allim.log.Snapshot;
import dev.allim.notification.EventId;
import java.util.Optional;

/**
 * One subscriber: a place in the hub's order and the wire to its socket. Belongs to its lane's
 * loop; no other thread touches it, but to ask whether it {@linkplain #isGone is gone}.
 *
 * <pre>
 *   Replaying ──▶ Live ◀──▶ Lagging
 *       │           │          │
 *       └───────────┴──────────┴──▶ Closed
 * </pre>
 *
 * <p>A live subscription stands where its lane stands, so nothing is written down per event. One
 * that replays or lags remembers its own position and reads on from the ring of recent frames
 * whenever its wire takes more.
 */
public final class Subscription {
  /** Where a subscription is in its life. */
  enum State {
    /** Reads from where it resumed up to the present; it has not been live yet. */
    REPLAYING,
    /** Gets every frame as it comes. */
    LIVE,
    /** Its wire is full, or it reads on from where that happened. */
    LAGGING,
    /** Over, for good. */
    CLOSED
  }

  static final int NOWHERE = -1;

  private final Wire wire;
  private final SubscriberGroup group;
  private final Runnable onClosed;
  private State state = State.REPLAYING;
  private long position;

  /** Written by the loop, read by any thread. */
  private volatile boolean gone;

  private Optional<EventId> lastId = Optional.empty();
  private final Terms terms;
  private long lastWrite;
  private long progressAt;
  private long drainedThen;
  private boolean warned;
  private boolean queued;
  private boolean reading;
  private final GapNotes gaps = new GapNotes();

  /** The position of the last id that it has, {@link #NOWHERE} for none; not while live. */
  private long placed = NOWHERE;

  private long placedAt;
  private Optional<Snapshot> unread = Optional.empty();
  private Optional<MemoryBudget.Share> read = Optional.empty();

  /** Its places in the lane's and in the group's array, kept by those. */
  int laneSlot = NOWHERE;

  int groupSlot = NOWHERE;

  public Subscription(
      Wire wire, SubscriberGroup group, long position, long now, Terms terms, Runnable onClosed) {
    this.wire = wire;
    this.group = group;
    this.position = position;
    this.lastWrite = now;
    this.progressAt = now;
    this.placedAt = now;
    this.terms = terms;
    this.onClosed = onClosed;
  }

  State state() {
    return state;
  }

  public boolean isLive() {
    return state == State.LIVE;
  }

  public boolean isLagging() {
    return state == State.LAGGING;
  }

  public boolean isClosed() {
    return state == State.CLOSED;
  }

  /** Whether it is closed. Any thread; what is done for it elsewhere is of no use then. */
  public boolean isGone() {
    return gone;
  }

  public Wire wire() {
    return wire;
  }

  public SubscriberGroup group() {
    return group;
  }

  /**
   * The place up to which everything was written. Meaningless while live: then it is the lane's.
   */
  public long position() {
    return position;
  }

  /**
   * Replaying or Lagging: everything up to {@code position} is written or does not concern this
   * subscriber.
   */
  public void advanceTo(long position) {
    this.position = position;
  }

  /** The same, {@code id} being the last that was written, which it can come back with. */
  public void advanceTo(long position, EventId id) {
    this.position = position;
    this.placed = position;
    this.lastId = Optional.of(id);
  }

  /** It has an id of this place, which it can come back with. */
  public void placed(long at, long now) {
    placed = at;
    placedAt = now;
  }

  /** Whether it has an id to come back with. */
  public boolean isPlaced() {
    return placed != NOWHERE;
  }

  /** When it got the last event or id of a place, in the lane's nanoseconds. */
  public long placedAt() {
    return Math.max(placedAt, group.lastDelivery());
  }

  /** The position that it would come back to. */
  public long placed() {
    return Math.max(placed, group.lastNoted());
  }

  /** The last notification this subscriber is known to have; kept while it is behind. */
  public Optional<EventId> lastId() {
    return lastId;
  }

  /** Replaying or Lagging to Live: it has caught up with its lane. */
  void goLive() {
    lastId = Optional.empty();
    state = State.LIVE;
  }

  /**
   * Live to Lagging: its wire is full; {@code id} was the last it took, and {@code position} is
   * behind that.
   */
  void lag(long position, EventId id) {
    advanceTo(position, id);
    state = State.LAGGING;
  }

  /**
   * Live to Lagging: what comes behind {@code position} was not looked at for it yet, though its
   * wire takes more.
   */
  void fallBehind(long position) {
    advanceTo(position);
    state = State.LAGGING;
  }

  /** Any state to Closed, once; false if it was closed already. */
  public boolean close() {
    if (isClosed()) {
      return false;
    }
    state = State.CLOSED;
    wrote();
    gone = true;
    onClosed.run();
    return true;
  }

  /** Writes a frame that was made for it alone, and gives it back. */
  public void write(Frame frame, long now) {
    try {
      wire.send(frame);
      lastWrite = now;
    } finally {
      frame.release();
    }
  }

  /** True once until {@link #unqueue}: it waits for its turn to read on. */
  public boolean enqueue() {
    boolean first = !queued;
    queued = true;
    return first;
  }

  public void unqueue() {
    queued = false;
  }

  /** Whether an answer of the log is on its way; until then there is nothing to do for it. */
  public boolean isReading() {
    return reading;
  }

  public void reading(boolean nowReading) {
    reading = nowReading;
  }

  /**
   * What was read of the log for it and is not written yet holds this much of everybody's memory.
   */
  public void holds(MemoryBudget.Share share) {
    wrote();
    read = Optional.of(share);
    if (isClosed()) {
      wrote();
    }
  }

  /** Of what was read for it, so much waits for its socket. */
  public void stillHolds(long bytes) {
    read.ifPresent(share -> share.hold(bytes));
  }

  /** Its socket has taken, or will never take, what was read for it. */
  public void wrote() {
    read.ifPresent(MemoryBudget.Share::close);
    read = Optional.empty();
  }

  /** The state that it begins with, while there is more of it behind its position. */
  public Optional<Snapshot> unread() {
    return unread;
  }

  public void unread(Optional<Snapshot> rest) {
    unread = rest;
  }

  /** What it has to be told that it misses. */
  public GapNotes gaps() {
    return gaps;
  }

  public boolean tooOld(long now) {
    return terms.tooOld(now);
  }

  public Terms terms() {
    return terms;
  }

  /** Whether what it was granted has run out. */
  public boolean expired(long millis) {
    return terms.expired(millis);
  }

  /** Once: that what it was granted runs out within {@code ahead} milliseconds. */
  public boolean isToBeWarned(long ahead, long millis) {
    boolean due = !warned && terms.expiresWithin(ahead, millis);
    warned |= due;
    return due;
  }

  /** Whether nothing was written to it for {@code nanos}, and nothing waits to be. */
  public boolean silentFor(long nanos, long now) {
    long last = Math.max(lastWrite, isLive() ? group.lastDelivery() : lastWrite);
    return now - last >= nanos && wire.pending() == 0;
  }

  /** Whether bytes have waited for {@code nanos} while the socket took none. */
  public boolean stalledFor(long nanos, long now) {
    long drained = wire.drained();
    if (wire.pending() == 0 || drained != drainedThen) {
      drainedThen = drained;
      progressAt = now;
    }
    return now - progressAt >= nanos;
  }
}
