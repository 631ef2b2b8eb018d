package dev.allim.hub;

import dev.allim.notification.EventId;
import dev.allim.notification.Interest;
import io.netty.buffer.ByteBufAllocator;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * What one event loop owns: its subscriptions, the index over them, and its ring of recent frames.
 * Nothing here is shared with another thread but the {@link Mailbox}.
 *
 * <p>A <em>turn</em> empties the mailbox: each notification goes into the ring and through the
 * lane's broadcast to the index, which notes it with the cohorts it concerns; then every cohort so
 * touched writes to its live subscriptions, once each, whatever number of notifications the turn
 * brought; then those that are behind read on.
 *
 * <p>The edge of joining: a turn is taken first, so the lane stands behind everything that was
 * acknowledged before, and what comes later reaches the newcomer with everybody else.
 */
final class Lane {
  private static final Logger LOG = Logger.getLogger(Lane.class);

  /** A turn stays short enough for the loop to read and accept in between. */
  private static final int NOTIFICATIONS_A_TURN = 1024;

  /** What one subscription may read on before it is the next one's turn. */
  private static final int CATCH_UP_BYTES = 256 * 1024;

  private final Loop loop;
  private final HubSettings settings;
  private final FrameEncoder encoder;
  private final HubListener listener;
  private final LongSupplier nanoTime;
  private final Jitter jitter;
  private final ByteBufAllocator allocator;
  private final Mailbox mailbox = new Mailbox();

  // Everything below is touched by the loop only.
  private final BroadcastProcessor<Published> arrivals = BroadcastProcessor.create();
  private final SubscriptionIndex index = new SubscriptionIndex(8192);
  private final RecentFrames recent;
  private final Roster roster = new Roster();
  private final List<Cohort> touched = new ArrayList<>();
  private final ArrayDeque<Subscription> catchingUp = new ArrayDeque<>();
  private final Frame heartbeat;
  private long position;
  private boolean inTurn;

  Lane(
      Loop loop,
      HubSettings settings,
      FrameEncoder encoder,
      HubListener listener,
      LongSupplier nanoTime,
      Jitter jitter,
      ByteBufAllocator allocator,
      long head) {
    this.loop = loop;
    this.settings = settings;
    this.encoder = encoder;
    this.listener = listener;
    this.nanoTime = nanoTime;
    this.jitter = jitter;
    this.allocator = allocator;
    this.position = head;
    this.recent = new RecentFrames(settings.recentFrames(), settings.recentBytes(), head);
    this.heartbeat = Frame.encode(allocator, 16, encoder::heartbeat);
    arrivals.subscribe().with(this::route);
  }

  // ---- any thread

  Loop loop() {
    return loop;
  }

  /** Hands over a batch; takes one reference to each frame in it from the caller. */
  void offer(List<Published> batch) {
    if (mailbox.offer(batch)) {
      loop.execute(this::turn);
    }
  }

  int backlog() {
    return mailbox.depth();
  }

  // ---- the loop

  /** Takes all that has come in, and brings everybody up to date. */
  void turn() {
    if (inTurn) {
      return;
    }
    inTurn = true;
    try {
      mailbox.drain(NOTIFICATIONS_A_TURN, arrivals::onNext);
      deliverTouched();
      readOn();
    } finally {
      inTurn = false;
    }
    if (!mailbox.isEmpty() || !catchingUp.isEmpty()) {
      loop.execute(this::turn);
    }
  }

  private void route(Published published) {
    recent.add(published);
    position = published.position();
    index.route(
        published,
        cohort -> {
          if (cohort.offer(published)) {
            touched.add(cohort);
          }
        });
  }

  private void deliverTouched() {
    long now = nanoTime.getAsLong();
    for (Cohort cohort : touched) {
      deliver(cohort);
      cohort.delivered(now);
    }
    touched.clear();
  }

  private void deliver(Cohort cohort) {
    List<Published> pending = cohort.pending();
    for (int from = 0; from < pending.size() && cohort.liveCount() > 0; ) {
      Block block = Block.of(pending, from, Cohort.JOINED_BYTES);
      boolean last = from + block.count() == pending.size();
      broadcast(cohort, block, last ? position : block.position());
      from += block.count();
    }
  }

  /** From the end, since a subscription that lags or leaves gives its place to the last one. */
  private void broadcast(Cohort cohort, Block block, long upTo) {
    Frame frame = block.frame(allocator);
    int readers = cohort.liveCount();
    for (int i = readers - 1; i >= 0; i--) {
      send(cohort.live(i), frame, block, upTo);
    }
    listener.delivered(readers * block.count(), (long) readers * frame.size());
    frame.release();
  }

  private void send(Subscription subscription, Frame frame, Block block, long upTo) {
    try {
      Wire wire = subscription.wire();
      wire.write(frame);
      wire.flush();
      if (!wire.writable() && subscription.isLive()) {
        lag(subscription, upTo, block.last().orElseThrow());
      }
    } catch (RuntimeException fault) {
      fail(subscription, fault);
    }
  }

  private void lag(Subscription subscription, long upTo, EventId last) {
    subscription.cohort().removeLive(subscription);
    subscription.lag(upTo, last);
    listener.lagging();
  }

  private void fail(Subscription subscription, RuntimeException fault) {
    LOG.error("A stream failed and was ended; the others go on", fault);
    close(subscription, DisconnectCause.ERROR);
  }

  // ---- joining and leaving

  /**
   * Opens a subscription on {@code wire}, whose head is written. Goes on after {@code lastEventId}
   * if given.
   *
   * @param onClosed called once, on the loop, when it is over
   */
  Subscription join(
      Interest interest, Optional<EventId> lastEventId, Wire wire, Runnable onClosed) {
    turn();
    long now = nanoTime.getAsLong();
    Cohort cohort = index.cohort(interest);
    Subscription subscription =
        new Subscription(wire, cohort, position, now, endOfLife(now), onClosed);
    cohort.joined();
    roster.add(subscription);
    listener.opened();
    write(subscription, greeting());
    lastEventId.ifPresent(id -> resume(subscription, id));
    catchUp(subscription);
    return subscription;
  }

  private long endOfLife(long now) {
    return settings.maxAge().map(age -> now + jitter.shorten(age).toNanos()).orElse(Long.MAX_VALUE);
  }

  /**
   * What a stream begins with: when to come back, and a comment, so that the browser knows it is
   * open.
   */
  private Frame greeting() {
    return Frame.encode(
        allocator,
        32,
        out -> {
          encoder.retry(jitter.around(settings.retry()), out);
          encoder.heartbeat(out);
        });
  }

  private void resume(Subscription subscription, EventId id) {
    OptionalLong found = recent.find(id);
    subscription.readUpTo(found.orElse(recent.beforeOldest()));
    if (found.isEmpty()) {
      tellGap(subscription, Optional.of(id));
    }
  }

  /** The reader's connection is gone. */
  void leave(Subscription subscription) {
    end(subscription, DisconnectCause.CLIENT_LEFT);
  }

  /** Ends a stream in good order: the reader is told when to come back. */
  void finish(Subscription subscription, DisconnectCause cause, Duration retry) {
    write(subscription, Frame.encode(allocator, 32, out -> encoder.retry(retry, out)));
    if (end(subscription, cause)) {
      subscription.wire().end();
    }
  }

  /** Ends a stream at once, with whatever was not written yet. */
  void close(Subscription subscription, DisconnectCause cause) {
    if (end(subscription, cause)) {
      subscription.wire().abort();
    }
  }

  private boolean end(Subscription subscription, DisconnectCause cause) {
    boolean live = subscription.isLive();
    if (!subscription.close(cause)) {
      return false;
    }
    Cohort cohort = subscription.cohort();
    if (live) {
      cohort.removeLive(subscription);
    }
    cohort.left();
    if (cohort.members() == 0) {
      index.remove(cohort);
    }
    roster.remove(subscription);
    listener.closed(cause);
    return true;
  }

  // ---- catching up

  /** The wire takes bytes again. */
  void writable(Subscription subscription) {
    if (subscription.isLive() || subscription.isClosed()) {
      return;
    }
    if (inTurn) {
      readLater(subscription);
    } else {
      catchUp(subscription);
    }
  }

  private void readLater(Subscription subscription) {
    if (subscription.enqueue()) {
      catchingUp.add(subscription);
    }
  }

  private void readOn() {
    for (int waiting = catchingUp.size(); waiting > 0; waiting--) {
      Subscription subscription = catchingUp.remove();
      subscription.unqueue();
      if (!subscription.isClosed()) {
        catchUp(subscription);
      }
    }
  }

  private void catchUp(Subscription subscription) {
    try {
      readRecent(subscription);
    } catch (RuntimeException fault) {
      fail(subscription, fault);
    }
  }

  /** One path for the first replay, for resuming and for catching up after a full socket. */
  private void readRecent(Subscription subscription) {
    int budget = CATCH_UP_BYTES;
    while (subscription.wire().writable() && !subscription.isClosed()) {
      if (subscription.position() >= position) {
        arrive(subscription);
        return;
      }
      if (budget <= 0) {
        wakeFor(subscription);
        return;
      }
      if (recent.covers(subscription.position())) {
        budget -= writeNext(subscription);
      } else {
        movedPast(subscription);
      }
    }
  }

  /**
   * Its last id may be known to another lane before this one has come to it; then the next turn
   * decides.
   */
  private void arrive(Subscription subscription) {
    if (subscription.position() > position) {
      readLater(subscription);
      return;
    }
    subscription.goLive();
    subscription.cohort().addLive(subscription);
  }

  private void wakeFor(Subscription subscription) {
    readLater(subscription);
    if (!inTurn) {
      loop.execute(this::turn);
    }
  }

  private int writeNext(Subscription subscription) {
    Interest interest = subscription.cohort().interest();
    Block block = Block.after(subscription.position(), recent, interest, Cohort.JOINED_BYTES);
    if (block.count() == 0) {
      subscription.readUpTo(block.position());
      return 1;
    }
    Frame frame = block.frame(allocator);
    listener.delivered(block.count(), frame.size());
    write(subscription, frame);
    subscription.readUpTo(block.position(), block.last().orElseThrow());
    return block.bytes();
  }

  /** The edge of the ring: nothing that the reader misses is here any more. */
  private void movedPast(Subscription subscription) {
    if (settings.slowReaders() == SlowReaderPolicy.DISCONNECT) {
      close(subscription, DisconnectCause.LAGGED);
      return;
    }
    subscription.readUpTo(recent.beforeOldest());
    tellGap(subscription, subscription.lastId());
  }

  private void tellGap(Subscription subscription, Optional<EventId> after) {
    int next = recent.indexAfter(subscription.position());
    Optional<EventId> resumesAt =
        next < recent.size() ? Optional.of(recent.get(next).id()) : Optional.empty();
    Gap gap = new Gap(after, resumesAt);
    write(subscription, Frame.encode(allocator, 128, out -> encoder.gap(gap, out)));
    listener.gap();
  }

  /** Writes a frame made for this one subscription, and gives it back. */
  private void write(Subscription subscription, Frame frame) {
    subscription.wire().write(frame);
    subscription.wire().flush();
    subscription.wrote(nanoTime.getAsLong());
    frame.release();
  }

  // ---- time

  /** Once a second or so: ends what is too old or stalled, keeps alive what is silent. */
  void tick() {
    long now = nanoTime.getAsLong();
    int silent = 0;
    for (int i = roster.size() - 1; i >= 0; i--) {
      silent += attend(roster.get(i), now);
    }
    listener.heartbeats(silent);
  }

  private int attend(Subscription subscription, long now) {
    if (subscription.stalledFor(settings.writeTimeout().toNanos(), now)) {
      close(subscription, DisconnectCause.WRITE_STALLED);
    } else if (subscription.tooOld(now)) {
      finish(subscription, DisconnectCause.MAX_AGE, jitter.around(settings.retry()));
    } else if (subscription.silentFor(settings.heartbeat().toNanos(), now)) {
      heartbeat.retain();
      write(subscription, heartbeat);
      return 1;
    }
    return 0;
  }

  /** Ends everything and gives all memory back; nothing may be offered any more. */
  void shutDown() {
    turn();
    for (int i = roster.size() - 1; i >= 0; i--) {
      finish(roster.get(i), DisconnectCause.DRAINING, jitter.around(settings.retry()));
    }
    recent.clear();
    heartbeat.release();
  }

  int subscriptions() {
    return roster.size();
  }
}
