package dev.allim.hub;

import static dev.allim.hub.HistoryHub.note;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.spi.StartAt;
import dev.allim.notification.EventId;
import dev.allim.topic.UrlTopics;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who asks for what no index finds by its name is given it on every way out of the hub. */
class UrlTopicsInHubTest {
  private static final int RING = 4;
  private final HistoryHub hub = new HistoryHub(TestSettings.DEFAULT.keeping(RING));

  private TestReader join(StartAt start) {
    TestReader reader =
        new TestReader(
            hub.hub, hub.lane, UrlTopics.filter("/books/:id"), start, new RecordingWire());
    hub.run();
    return reader;
  }

  private void publish(int from, int to) {
    hub.deliver(
        IntStream.rangeClosed(from, to)
            .boxed()
            .flatMap(i -> Stream.of(note("b" + i, "/books/" + i), note("f" + i, "/films/" + i)))
            .toArray(dev.allim.notification.Notification[]::new));
  }

  @Test
  void hearsItLive() {
    TestReader reader = join(new StartAt.Now());

    publish(1, 2);
    hub.deliver(note("alternate", "x", "https://hub.example.com/books/./9"));

    assertThat(reader.ids()).containsExactly("b1", "b2", "alternate");
  }

  @Test
  void goesOnInTheRingAndInTheHistory() {
    publish(1, 20);

    assertThat(join(new StartAt.After(new EventId("b20"))).ids()).isEmpty();
    assertThat(join(new StartAt.After(new EventId("f19"))).ids()).containsExactly("b20");
    assertThat(join(new StartAt.After(new EventId("f10"))).ids())
        .containsExactly("b11", "b12", "b13", "b14", "b15", "b16", "b17", "b18", "b19", "b20");
  }
}
