package dev.allim.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventStreamParserTest {
  private final EventStreamParser parser = new EventStreamParser();

  private List<ReceivedEvent> read(String... lines) {
    return Stream.of(lines).map(parser::take).flatMap(Optional::stream).toList();
  }

  @Test
  void anEventIsWhatStandsBeforeABlankLine() {
    assertThat(read("id: 7", "event: update", "data: a", "data:  b", "data", ""))
        .containsExactly(new ReceivedEvent("update", "a\n b\n"));
    assertThat(parser.lastId()).contains("7");
  }

  @Test
  void aPlaceIsNoEventAndIsGoneOnBehind() {
    assertThat(read("retry: 1500", "id: place", "", ":", ": beat")).isEmpty();
    assertThat(parser.lastId()).contains("place");
    assertThat(parser.retry()).contains(Duration.ofMillis(1500));
  }

  @Test
  void whatIsCutDoesNotCount() {
    read("id: 1", "data: a", "", "id: 2", "data: b");
    parser.cut();

    assertThat(parser.lastId()).contains("1");
    assertThat(read("data: c", "")).containsExactly(new ReceivedEvent("message", "c"));
    assertThat(parser.lastId()).contains("1");
  }

  @Test
  void aNameIsThatOfOneEventAndRubbishIsNoTime() {
    assertThat(read("event: a", "", "data: x", "", "retry: soon", "unknown: y", ""))
        .containsExactly(new ReceivedEvent("message", "x"));
    assertThat(parser.retry()).isEmpty();
  }
}
