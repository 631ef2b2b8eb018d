package dev.allim.hub.lane;

import dev.allim.hub.fanout.FanOut;
import dev.allim.hub.fanout.SubscriberGroup;
import dev.allim.hub.fanout.Subscription;
import dev.allim.hub.fanout.SubscriptionTable;
import dev.allim.hub.fanout.Terms;
import dev.allim.hub.ring.PublishedFrame;
import dev.allim.hub.ring.RecentFrames;
import dev.allim.hub.ring.Withdrawal;
import dev.allim.hub.settings.HubSettings;
import dev.allim.hub.spi.DisconnectCause;
import dev.allim.hub.spi.HubEnvironment;
import dev.allim.hub.spi.Loop;
import dev.allim.hub.spi.StartAt;
import dev.allim.hub.spi.SubscribeRequest;
import dev.allim.log.MatchingBudget;
import dev.allim.topic.TopicFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

/**
 * What one event loop owns: its subscriptions, the index over them, and its ring of recent frames.
 * Nothing here is shared with another thread but the {@link Mailbox}.
 *
 * <p>A <em>turn</em> empties the mailbox: each notification goes into the ring and through the
 * lane's broadcast to the index, which notes it with the groups it concerns; then some of the live
 * subscriptions are written to, and some of those that are behind {@linkplain CatchUp read on}. As
 * long as there is more to do, turns follow each other; between two of them the loop looks at its
 * connections: what is published meanwhile is under way before the last has been sent to all.
 *
 * <p>The edge of joining: everything is brought to an end first, so the lane stands behind all that
 * was acknowledged before, and what comes later reaches the newcomer, too.
 */
public final class Lane {
  /** A turn stays short enough for the loop to read and accept in between. */
  private static final int NOTIFICATIONS_A_TURN = 1024;

  /** About 0.2 ms of the loop's time. */
  private static final int WRITES_A_TURN = 64;

  /** Those that are behind get about as much of it as those that are not. */
  private static final int CATCHING_UP_A_TURN = 4;

  /** About 4 ms of the loop's time, of which most turns take nothing: answers are remembered. */
  private static final int MATCHING_A_TURN = 4 << 20;

  private final Loop loop;
  private final HubEnvironment environment;
  private final Mailbox mailbox = new Mailbox();

  // Everything below is touched by the loop only.
  private final LaneFaults faults;
  private final Turns turns;
  private final Arrivals arrivals;
  private final SubscriptionTable subscriptions = new SubscriptionTable();
  private final List<Runnable> nextTick = new ArrayList<>();
  private final RecentFrames recent;
  private final FanOut fanOut;
  private final MatchingBudget matching = new MatchingBudget(MATCHING_A_TURN);
  private final StreamEnds ends;
  private final CatchUp catchUp;
  private final StartLocator locator;
  private final Beginning beginning;
  private final StreamMaintenance maintenance;
  private final StreamPlaces places;
  private final LongConsumer onWritten;
  private final Pulse pulse;

  /**
   * A lane that begins behind {@code head}, the newest position of the log.
   *
   * @param onWritten told after each turn up to which position everything is written, which is all
   *     there will be while nobody listens
   */
  public Lane(
      Loop loop,
      HubSettings settings,
      HubEnvironment environment,
      LogReads logReads,
      long head,
      LongConsumer onWritten) {
    this.loop = loop;
    this.environment = environment;
    this.onWritten = upTo -> onWritten.accept(mailbox.isHeard() ? upTo : Long.MAX_VALUE);
    this.recent = new RecentFrames(settings.recentFrames(), settings.recentBytes(), head);
    this.fanOut = new FanOut(environment, this::fail, this::behind);
    this.ends = new StreamEnds(fanOut, subscriptions, settings, environment);
    this.faults = new LaneFaults(environment.listener());
    this.turns = new Turns(loop, this::doSome, this::isIdle, faults);
    this.arrivals =
        new Arrivals(
            head, recent, fanOut, matching, subscriptions, ends, environment.clock(), faults);
    this.places = new StreamPlaces(logReads, settings, environment, environment.nanoTime());
    this.catchUp = new CatchUp(this, ends, settings, environment, recent, logReads, places);
    this.locator = new StartLocator(this, recent, logReads);
    this.beginning = new Beginning(this, catchUp, locator, logReads, places, ends, environment);
    this.maintenance = new StreamMaintenance(ends, settings, environment, subscriptions, places);
    this.pulse = new Pulse(recent, head, environment.nanoTime().getAsLong());
  }

  /** Puts before what it has seen what was there when it began; takes over the references. */
  void remember(RecentTail tail) {
    recent.addOlder(tail.items(), tail.after(), tail.upTo());
    tail.release();
  }

  // ---- any thread

  public Loop loop() {
    return loop;
  }

  /** Hands over a batch; takes one reference to each frame in it from the caller. */
  public void offer(List<PublishedFrame> batch) {
    pulse.offered(batch.get(batch.size() - 1).position());
    if (mailbox.offer(batch)) {
      turns.wake();
    }
  }

  /** There will be a turn; one that is under way is followed by another. Loop only. */
  void wakeForMore() {
    turns.wakeForMore();
  }

  public int backlog() {
    return mailbox.depth();
  }

  public LaneStats pulse() {
    return pulse.last();
  }

  // ---- a turn

  private void doSome() {
    matching.refill(MATCHING_A_TURN);
    if (!fanOut.isFull()) {
      take();
    }
    fanOut.advance(WRITES_A_TURN);
    fanOut.tellWritten(position(), onWritten);
    catchUp.stepSome(fanOut.isIdle() ? Integer.MAX_VALUE : CATCHING_UP_A_TURN);
  }

  private boolean isIdle() {
    return fanOut.isIdle() && catchUp.isIdle() && mailbox.isQuiet();
  }

  private void take() {
    mailbox.drain(NOTIFICATIONS_A_TURN, arrivals::add);
  }

  /** Takes what has come in, and writes all of it to those that keep up. */
  private void settle() {
    if (!fanOut.isWriting()) {
      fanOut.advance(Integer.MAX_VALUE);
      take();
      fanOut.advance(Integer.MAX_VALUE);
      onWritten.accept(position());
    }
  }

  /** Whether a write to one subscription is under way, so that another has to wait. */
  boolean isWriting() {
    return fanOut.isWriting();
  }

  /** One that has everything up to {@link #position} is to get whatever comes. */
  void goLive(Subscription subscription) {
    fanOut.goLive(subscription);
  }

  /** The place of the last notification that this lane has seen. */
  long position() {
    return arrivals.position();
  }

  // ---- joining and leaving

  /** Behind everything that was acknowledged before. */
  public StartAt here() {
    settle();
    return new StartAt.Behind(position());
  }

  /** Finds out where a reader begins who comes later; see {@code NotificationHub.locate}. */
  public CompletableFuture<StartAt.Located> locate(StartAt start, TopicFilter filter) {
    settle();
    return locator.locate(start, filter);
  }

  /** Opens a subscription. */
  public Subscription join(SubscribeRequest request) {
    mailbox.heard(true);
    settle();
    long now = environment.nanoTime().getAsLong();
    SubscriberGroup group = fanOut.group(request.filter(), request.dialect());
    Subscription subscription =
        new Subscription(
            request.wire(),
            group,
            position(),
            now,
            Terms.of(maintenance.endOfLife(now), request, group.filter()),
            request.onClosed());
    group.joined();
    subscriptions.add(subscription);
    environment.listener().opened();
    beginning.open(subscription, request, now);
    return subscription;
  }

  /** The wire takes bytes again: there will be a turn for it. */
  public void writable(Subscription subscription) {
    catchUp.writable(subscription);
  }

  /**
   * The reader's connection is gone. A write to one stream may be what breaks another's connection.
   */
  public void leave(Subscription subscription) {
    if (isWriting()) {
      loop.execute(() -> leave(subscription));
    } else {
      ends.left(subscription);
    }
  }

  private void behind(Subscription subscription) {
    catchUp.later(subscription);
  }

  private void fail(Subscription subscription, Throwable fault) {
    ends.fail(subscription, fault);
  }

  // ---- time

  /** Does {@code action} with the next tick, for what cannot be done now. */
  void atNextTick(Runnable action) {
    nextTick.add(action);
  }

  /** Once a second or so: ends what is too old or stalled, keeps alive what is silent. */
  public void tick() {
    try {
      mailbox.heard(subscriptions.size() > 0);
      settle();
      List<Runnable> due = List.copyOf(nextTick);
      nextTick.clear();
      due.forEach(Runnable::run);
      long now = environment.nanoTime().getAsLong();
      maintenance.attendAll(position(), now);
      pulse.beat(position(), now);
      if (!turns.goesOn() && !isIdle()) {
        turns.wake(); // one that met a fault has left something
      }
    } catch (RuntimeException | Error fault) {
      faults.met("A tick of a lane met a fault; the next one goes on", fault);
    }
  }

  /** Replays none of it any more. */
  public void withdraw(Withdrawal gone) {
    settle();
    gone.from(recent);
  }

  /** Ends streams whose grant was taken back. */
  public void endRevoked() {
    settle();
    maintenance.endRevoked();
  }

  /** Ends as many streams as are due, each having been sent all that was acknowledged before. */
  public void drain(Drain plan) {
    settle();
    maintenance.drain(plan);
  }

  /** Ends everything and gives all memory back; nothing may be offered any more. */
  public void shutDown() {
    do {
      settle();
    } while (!mailbox.isEmpty());
    for (int i = subscriptions.size() - 1; i >= 0; i--) {
      ends.finish(subscriptions.get(i), DisconnectCause.DRAINING, ends.comeBack());
    }
    recent.clear();
    maintenance.close();
  }

  public SubscriptionTable subscriptions() {
    return subscriptions;
  }
}
