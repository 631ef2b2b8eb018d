package dev.allim.hub;

import dev.allim.hub.lane.Lane;
import dev.allim.hub.lane.LogReads;
import dev.allim.hub.lane.RingWarmUp;
import dev.allim.hub.publish.DeliveryWatermark;
import dev.allim.hub.publish.InFlight;
import dev.allim.hub.publish.LargePublications;
import dev.allim.hub.publish.LogFollower;
import dev.allim.hub.publish.Sequencer;
import dev.allim.hub.ring.PublishedFrame;
import dev.allim.hub.ring.Withdrawal;
import dev.allim.hub.settings.HubSettings;
import dev.allim.hub.spi.DisconnectCause;
import dev.allim.hub.spi.Frame;
import dev.allim.hub.spi.HubEnvironment;
import dev.allim.hub.spi.Loop;
import dev.allim.hub.spi.Publication;
import dev.allim.hub.spi.PublishRefusedException;
import dev.allim.hub.spi.PublishResult;
import dev.allim.hub.spi.Scheduler;
import dev.allim.hub.spi.StartAt;
import dev.allim.hub.spi.SubscribeRequest;
import dev.allim.hub.spi.Wire;
import dev.allim.log.EventLog;
import dev.allim.log.LogUnavailableException;
import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/**
 * The hub: publish here, subscribe here. Publishing may be called from any thread; {@link
 * #subscribe} and what it returns belong to the loop it is called on.
 */
public final class NotificationHub {
  /** A reader that takes less than its share in this time makes way for those that wait. */
  private static final long MOST_HELD_NANOS = Duration.ofSeconds(2).toNanos();

  private final HubSettings settings;
  private final HubEnvironment environment;
  private final HistoryPages history;
  private final TopicDeletion deletion;
  private final LargePublications large;
  private final Sequencer sequencer;
  private final List<Lane> lanes;
  private final CompletableFuture<Boolean> remembered;
  private final EventLog.Registration following;
  private final HubClockwork clockwork;
  private final Draining draining;

  /**
   * A hub with one lane for each of {@code loops}, whose rings are filled with the newest of {@code
   * log} soon. From then on it looks after itself with timers of {@code scheduler}.
   */
  public NotificationHub(
      HubSettings settings,
      EventLog log,
      List<? extends Loop> loops,
      HubEnvironment environment,
      Scheduler scheduler) {
    this.settings = settings;
    this.environment = environment;
    this.history = new HistoryPages(log);
    this.deletion = new TopicDeletion(log);
    DeliveryWatermark watermark = new DeliveryWatermark(loops.size());
    LogReads logReads = new LogReads(log, environment, environment.readers(), settings);
    long head = log.status().head();
    this.lanes = new ArrayList<>(loops.size());
    for (Loop loop : loops) {
      LongConsumer written = watermark.lane(lanes.size());
      lanes.add(new Lane(loop, settings, environment, logReads, head, written));
    }
    this.remembered = RingWarmUp.fill(logReads, List.copyOf(lanes), head, environment.readers());
    InFlight inFlight = new InFlight();
    LogFollower follower =
        new LogFollower(log, environment, inFlight, head, this::handOn, this::withdraw);
    this.following = log.tail(head, follower);
    this.large = new LargePublications(settings.largeEvents(), environment);
    this.sequencer = new Sequencer(log, environment, inFlight, follower, watermark);
    this.clockwork = new HubClockwork(scheduler);
    this.draining = new Draining(List.copyOf(lanes), settings, environment, clockwork);
    clockwork.start(this::tick, this::deliverDue);
  }

  // ---- publishing

  /**
   * Publishes: all of it or nothing, in its order, with nothing of others in between.
   *
   * @return completes once the log has it and it is on its way to every subscription it concerns;
   *     fails if the log could not take it or it contradicts what is there ({@link
   *     PublishRefusedException}), and then nothing of it will ever be delivered
   * @throws HubOverloadedException if too much is waiting already
   */
  public CompletionStage<PublishResult> publish(Publication publication) {
    refuseWhenOverloaded();
    return large.publish(publication, sequencer::submit);
  }

  /** Publishes {@code notifications} now. See {@link #publish(Publication)}. */
  public CompletionStage<PublishResult> publish(List<Notification> notifications) {
    return publish(Publication.of(notifications));
  }

  /**
   * Takes back a notification that waits for its time. Completes with whether there was one.
   *
   * @param allowed what it may take back; anything else is as if it were not there. Called by the
   *     hub's writer, and must not block
   */
  public CompletionStage<Boolean> cancel(EventId id, Predicate<Notification> allowed) {
    return sequencer.cancel(id, allowed);
  }

  /**
   * Deletes what is kept with this canonical topic, so that it is not replayed any more. What is on
   * its way to readers still arrives.
   *
   * @return completes with the number of notifications deleted
   */
  public CompletionStage<Integer> purge(Topic topic) {
    return CompletableFuture.supplyAsync(() -> deletion.all(topic), environment.readers());
  }

  /**
   * The same for one who may not delete everything.
   *
   * @param allowed what it may delete; anything else stays. Called by the hub's readers
   */
  public CompletionStage<Integer> purge(Topic topic, Predicate<Notification> allowed) {
    return CompletableFuture.supplyAsync(
        () -> deletion.those(topic, allowed), environment.readers());
  }

  /**
   * The log: somebody deleted something, here or elsewhere. What is published meanwhile stays: the
   * lanes forget no more than what stood there before.
   */
  private void withdraw(Withdrawal gone) {
    remembered.thenRun(() -> lanes.forEach(lane -> lane.loop().execute(() -> lane.withdraw(gone))));
  }

  private void refuseWhenOverloaded() {
    int waiting = backlog();
    if (waiting > settings.backlog()) {
      throw new HubOverloadedException(waiting);
    }
  }

  /** Notifications that wait for the log or for the slowest lane. */
  int backlog() {
    return sequencer.backlog() + HubStatus.mailboxDepth(lanes);
  }

  /** How the hub is now. Never blocks. */
  public HubStatus status() {
    return HubStatus.of(lanes, sequencer.available(), environment.nanoTime().getAsLong());
  }

  /** What the log brings: each lane gets the batch, with a reference of its own to each frame. */
  private void handOn(List<PublishedFrame> batch) {
    if (batch.isEmpty()) {
      return;
    }
    for (PublishedFrame published : batch) {
      for (int i = 1; i < lanes.size(); i++) {
        published.frame().retain();
      }
    }
    for (Lane lane : lanes) {
      lane.offer(batch);
    }
    environment.listener().published(batch.size());
  }

  // ---- listening

  /**
   * Opens a subscription. Call it on the loop of the connection that its wire writes to.
   *
   * @throws IllegalStateException if the calling thread is no loop of this hub
   */
  public OpenSubscription subscribe(SubscribeRequest request) {
    Lane lane = currentLane();
    return new OpenSubscription(lane, lane.join(request));
  }

  /** Who listens now. */
  public ActiveSubscriptions subscriptions() {
    return new ActiveSubscriptions(lanes);
  }

  /** What was published before, for those who ask rather than listen. */
  public HistoryPages history() {
    return history;
  }

  /**
   * Where the loop that this is called on stands: whoever begins there gets all that is
   * acknowledged from now on, even what is published before it subscribes.
   *
   * @throws IllegalStateException if the calling thread is no loop of this hub
   */
  public StartAt here() {
    return currentLane().here();
  }

  /**
   * Finds out where a reader begins, before its stream is opened: so that the head of a response
   * can say so. Whoever subscribes with the answer, on the same loop, gets all that stands behind
   * that place, even what is published meanwhile.
   *
   * @return completes on the loop; fails with {@link LogUnavailableException} if the log cannot be
   *     read now, and with {@link IllegalArgumentException} for {@link StartAt.Latest}, which is no
   *     place
   * @throws IllegalStateException if the calling thread is no loop of this hub
   */
  public CompletionStage<StartAt.Located> locate(StartAt start, TopicFilter filter) {
    return currentLane().locate(start, filter);
  }

  private Lane currentLane() {
    for (Lane lane : lanes) {
      if (lane.loop().isCurrent()) {
        return lane;
      }
    }
    throw new IllegalStateException("Subscribe on an event loop of the hub");
  }

  /**
   * Turns a reader away in a way that it survives: it is told when to come back, and its stream
   * ends.
   */
  public void refuse(Wire wire, Duration retry, DisconnectCause cause) {
    Frame frame = Frame.retry(environment, retry);
    wire.send(frame);
    frame.release();
    wire.end();
    environment.listener().refused(cause);
  }

  /** Ends streams whose {@link SubscribeRequest#entitlement} was taken back, soon. Any thread. */
  public void endRevoked() {
    lanes.forEach(lane -> lane.loop().execute(lane::endRevoked));
  }

  // ---- time

  /** About once a second, on any thread: heartbeats, stalled and aged streams. */
  void tick() {
    sequencer.lookAfterLog();
    environment.onItsWay().press(MOST_HELD_NANOS);
    lanes.forEach(lane -> lane.loop().execute(lane::tick));
  }

  /** Some times a second, on any thread: delivers notifications whose time has come. */
  void deliverDue() {
    sequencer.deliverDue();
  }

  // ---- the end

  /**
   * From now on no stream should be opened; those that are open are ended evenly over {@code
   * window}, which begins after {@code delay}. Publishing goes on. May be called again to hurry.
   *
   * @param spread over which those that are ended are asked to come back
   * @return completes when the window has begun and no stream is open
   */
  public CompletionStage<Void> drain(Duration delay, Duration window, Duration spread) {
    return draining.begin(delay, window, spread);
  }

  /** Whether the hub is about to end: new streams are to be refused. */
  public boolean draining() {
    return draining.isUnderWay();
  }

  /** When a reader that comes while the hub drains should come back. */
  public Duration comeBackAfterDrain() {
    return draining.comeBack();
  }

  /** Ends every stream and gives the memory back. The hub is of no use afterwards. */
  public void close() {
    clockwork.stop();
    following.end();
    lanes.forEach(lane -> lane.loop().execute(lane::shutDown));
  }
}
