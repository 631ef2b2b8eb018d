package dev.allim.recovery;

import dev.allim.testing.HubProgram;
import dev.allim.testing.ReceivedEvent;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;

/** A browser that comes back to one hub after as long as it was told, until it is there again. */
final class LoyalReader extends ReturningReader {
  private static final long UNTIL_TOLD_OTHERWISE = 500;

  private final HubProgram hub;
  private final CountDownLatch greeted;
  private final List<String> data = new CopyOnWriteArrayList<>();
  private volatile String lastEventId = "";
  private volatile long retry = UNTIL_TOLD_OTHERWISE;

  private LoyalReader(HubProgram hub, ScheduledExecutorService clock, CountDownLatch greeted) {
    super(clock);
    this.hub = hub;
    this.greeted = greeted;
  }

  /** Begins to listen; {@code greeted} is counted down when the stream is open. */
  static LoyalReader listen(
      HubProgram hub, ScheduledExecutorService clock, CountDownLatch greeted) {
    LoyalReader reader = new LoyalReader(hub, clock, greeted);
    reader.connect();
    return reader;
  }

  /** All data so far, over all connections. */
  List<String> data() {
    return data;
  }

  @Override
  URI where() {
    return hub.uri("/events/rolling");
  }

  @Override
  String lastEventId() {
    return lastEventId;
  }

  @Override
  long pauseMillis() {
    return retry;
  }

  @Override
  public void event(ReceivedEvent event) {
    data.add(event.data());
    lastEventId = event.lastEventId();
  }

  @Override
  public void retry(long millis) {
    retry = millis;
    greeted.countDown();
  }
}
