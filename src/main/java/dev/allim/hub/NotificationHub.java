package dev.allim.hub;

import dev.allim.history.EventLog;
import dev.allim.notification.EventId;
import dev.allim.notification.Interest;
import dev.allim.notification.Notification;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * The hub: publish here, subscribe here. {@link #publish} may be called from any thread; {@link
 * #subscribe} and what it returns belong to the loop it is called on.
 */
public final class NotificationHub {
  private static final Duration OVERLOAD_PASSES = Duration.ofSeconds(1);

  private final HubSettings settings;
  private final FrameEncoder encoder;
  private final HubListener listener;
  private final ByteBufAllocator allocator;
  private final Sequencer sequencer;
  private final List<Lane> lanes;

  /**
   * A hub with one lane for each of {@code loops}.
   *
   * @param writer where the log is written to; a thread of its own if that may block
   */
  public NotificationHub(
      HubSettings settings,
      EventLog log,
      Executor writer,
      FrameEncoder encoder,
      HubListener listener,
      List<? extends Loop> loops,
      LongSupplier nanoTime,
      Jitter jitter,
      ByteBufAllocator allocator) {
    this.settings = settings;
    this.encoder = encoder;
    this.listener = listener;
    this.allocator = allocator;
    this.sequencer = new Sequencer(log, writer, this::handOn);
    this.lanes =
        loops.stream()
            .map(
                loop ->
                    new Lane(
                        loop, settings, encoder, listener, nanoTime, jitter, allocator, log.head()))
            .toList();
  }

  // ---- publishing

  /**
   * Publishes a batch: all of it or nothing, in its order, with nothing of others in between.
   *
   * @param notifications at least one
   * @return completes once the log has it and it is on its way to every subscription it concerns;
   *     fails if the log could not take it, and then nothing of it will ever be delivered
   * @throws HubOverloadedException if too much is waiting already
   */
  public CompletionStage<Void> publish(List<Notification> notifications) {
    refuseWhenOverloaded();
    List<Frame> frames = new ArrayList<>(notifications.size());
    for (Notification notification : notifications) {
      frames.add(encode(notification));
    }
    CompletableFuture<Void> accepted = sequencer.submit(notifications, frames);
    return accepted;
  }

  private Frame encode(Notification notification) {
    return Frame.encode(
        allocator, encoder.sizeHint(notification), buffer -> encoder.encode(notification, buffer));
  }

  private void refuseWhenOverloaded() {
    int waiting = backlog();
    if (waiting > settings.backlog()) {
      throw new HubOverloadedException(waiting, OVERLOAD_PASSES);
    }
  }

  /** Notifications that wait for the log or for the slowest lane. */
  public int backlog() {
    int most = 0;
    for (Lane lane : lanes) {
      most = Math.max(most, lane.backlog());
    }
    return sequencer.backlog() + most;
  }

  /** The writer: each lane gets the batch, with a reference of its own to each frame. */
  private void handOn(List<Published> batch) {
    listener.published(batch.size());
    for (Published published : batch) {
      for (int i = 1; i < lanes.size(); i++) {
        published.frame().retain();
      }
    }
    for (Lane lane : lanes) {
      lane.offer(batch);
    }
  }

  // ---- listening

  /**
   * Opens a subscription on {@code wire}, whose head is written. Call it on the loop of the wire's
   * connection.
   *
   * @param lastEventId goes on after this one, if given; otherwise with what is published from now
   *     on
   * @param onClosed called once, on the loop, when it is over
   * @throws IllegalStateException if the calling thread is no loop of this hub
   */
  public OpenSubscription subscribe(
      Interest interest, Optional<EventId> lastEventId, Wire wire, Runnable onClosed) {
    Lane lane = currentLane();
    return new OpenSubscription(lane, lane.join(interest, lastEventId, wire, onClosed));
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
    Frame frame = Frame.encode(allocator, 32, out -> encoder.retry(retry, out));
    wire.write(frame);
    wire.flush();
    frame.release();
    wire.end();
    listener.refused(cause);
  }

  // ---- time

  /** To be called about once a second, from any thread: heartbeats, stalled and aged streams. */
  public void tick() {
    for (Lane lane : lanes) {
      lane.loop().execute(lane::tick);
    }
  }

  /** Ends every stream and gives the memory back. The hub is of no use afterwards. */
  public void close() {
    for (Lane lane : lanes) {
      lane.loop().execute(lane::shutDown);
    }
  }
}
