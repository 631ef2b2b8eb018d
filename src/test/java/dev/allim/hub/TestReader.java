package dev.allim.hub;

import dev.allim.hub.spi.StartAt;
import dev.allim.hub.spi.SubscribeRequest;
import dev.allim.testing.ReceivedEvent;
import dev.allim.topic.TopicFilter;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One who listens, on a loop and a wire that the test holds in its hands. */
public final class TestReader {
  public final RecordingWire wire;
  final TopicFilter filter;
  final ManualLoop loop;
  public int closed;
  private Optional<OpenSubscription> subscription = Optional.empty();

  TestReader(
      NotificationHub hub, ManualLoop loop, TopicFilter filter, StartAt start, RecordingWire wire) {
    this(hub, loop, filter, start, wire, UnaryOperator.identity());
  }

  /** One whose request says more. */
  TestReader(
      NotificationHub hub,
      ManualLoop loop,
      TopicFilter filter,
      StartAt start,
      RecordingWire wire,
      UnaryOperator<SubscribeRequest> more) {
    this.loop = loop;
    this.filter = filter;
    this.wire = wire;
    SubscribeRequest request = more.apply(SubscribeRequest.of(filter, start, wire, () -> closed++));
    loop.on(
        () -> {
          OpenSubscription open = hub.subscribe(request);
          wire.onDrained = open::writable;
          subscription = Optional.of(open);
        });
  }

  /** The connection has closed. */
  public void leave() {
    loop.on(() -> subscription.orElseThrow().leave());
  }

  /** The socket takes everything again, and the reader gets what is there for it. */
  public void drain() {
    loop.on(wire::drain);
    loop.runAll();
  }

  boolean isOver() {
    return closed > 0;
  }

  public List<ReceivedEvent> events() {
    return wire.events();
  }

  /** The ids of the notifications received, gaps left out. */
  public List<String> ids() {
    return wire.events().stream()
        .filter(event -> !event.type().equals("gap"))
        .map(ReceivedEvent::lastEventId)
        .toList();
  }

  /** The data of the gap events received. */
  List<String> gaps() {
    return wire.events().stream()
        .filter(event -> event.type().equals("gap"))
        .map(ReceivedEvent::data)
        .toList();
  }
}
