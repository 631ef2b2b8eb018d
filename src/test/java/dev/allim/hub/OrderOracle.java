package dev.allim.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.notification.Notification;
import dev.allim.testing.ReceivedEvent;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a reader must have got: everything published that it asked for, from its start, in order and
 * once, minus exactly what its gap events declare. Ids are the places in the order, from 1.
 */
final class OrderOracle {
  private static final Pattern GAP =
      Pattern.compile(
          "\\{\"asked\":(null|\"[\\w:-]+\"),\"resumesAt\":(null|\"[\\w:-]+\"),\"missed\":null}");

  private final List<Notification> order;
  private final TestReader reader;

  /** The place up to which the reader has everything, or was told of what it has not. */
  private int at;

  private Optional<String> last;

  /** For a reader that begins after the place {@code start}, and has the id {@code last}. */
  OrderOracle(List<Notification> order, TestReader reader, int start, Optional<String> last) {
    this.order = order;
    this.reader = reader;
    this.at = start;
    this.last = last;
  }

  void check() {
    List<ReceivedEvent> events = reader.events();
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i).type().equals("gap")) {
        overGap(events.get(i).data(), events.subList(i + 1, events.size()));
      } else {
        received(events.get(i));
      }
    }
    if (!reader.isOver()) {
      assertThat(next()).as("missing after %s", last).isGreaterThan(order.size());
    }
  }

  private void received(ReceivedEvent event) {
    int expected = next();
    assertThat(event.lastEventId()).as("after %s", last).isEqualTo(Integer.toString(expected));
    assertThat(event.data()).isEqualTo(order.get(expected - 1).data());
    at = expected;
    last = Optional.of(event.lastEventId());
  }

  /** The place of the next notification that the reader asked for. */
  private int next() {
    int next = at + 1;
    while (next <= order.size() && !reader.filter.admits(order.get(next - 1))) {
      next++;
    }
    return next;
  }

  private void overGap(String data, List<ReceivedEvent> behind) {
    Matcher gap = GAP.matcher(data);
    assertThat(gap.matches()).as(data).isTrue();
    last.ifPresent(known -> assertThat(gap.group(1)).isEqualTo('"' + known + '"'));
    if (gap.group(2).equals("null")) {
      at = behind.isEmpty() ? order.size() : place(behind.get(0)) - 1;
    } else {
      assertThat(behind).as("what follows %s", data).isNotEmpty();
      assertThat(gap.group(2)).isEqualTo('"' + behind.get(0).lastEventId() + '"');
      at = place(behind.get(0)) - 1;
    }
  }

  private int place(ReceivedEvent event) {
    int place = Integer.parseInt(event.lastEventId());
    assertThat(place).as("never doubled").isGreaterThan(at);
    return place;
  }
}
