package dev.allim.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The examples of the standard, and the rules that its text names. */
class WhatwgEventStreamParserTest {
  private final WhatwgEventStreamParser parser = new WhatwgEventStreamParser();

  private List<ReceivedEvent> feed(String text) {
    return parser.feed(text.getBytes(StandardCharsets.UTF_8));
  }

  private static ReceivedEvent message(String data, String lastEventId) {
    return new ReceivedEvent("message", data, lastEventId);
  }

  @Test
  void joinsDataLines() {
    assertThat(feed("data: YHOO\ndata: +2\ndata: 10\n\n"))
        .containsExactly(message("YHOO\n+2\n10", ""));
  }

  @Test
  void keepsTheIdUntilItIsResetByAnEmptyOne() {
    feed(": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third\n\n");

    assertThat(parser.events())
        .containsExactly(
            message("first event", "1"), message("second event", ""), message(" third", ""));
    assertThat(parser.comments()).containsExactly(" test stream");
  }

  @Test
  void dispatchesEmptyDataButNotMissingData() {
    assertThat(feed("data\n\ndata\ndata\n\nevent: x\n\ndata:"))
        .containsExactly(message("", ""), message("\n", ""));
  }

  @Test
  void stripsOneSpaceOnly() {
    assertThat(feed("data:test\n\ndata: test\n\ndata:  test\n\n"))
        .extracting(ReceivedEvent::data)
        .containsExactly("test", "test", " test");
  }

  @Test
  void takesAnIdWithoutDataToTheNextEvent() {
    assertThat(feed("id: 7\n\ndata: x\n\n")).containsExactly(message("x", "7"));
  }

  @Test
  void ignoresAnIdWithNul() {
    assertThat(feed("id: 1\ndata: a\n\nid: 2\0\ndata: b\n\n"))
        .containsExactly(message("a", "1"), message("b", "1"));
  }

  @Test
  void setsRetryByDigitsOnly() {
    feed("retry: 1500\nretry: 12a\nretry: -3\nretry: ٣\nretry\n");

    assertThat(parser.retry()).hasValue(1500);
  }

  @Test
  void takesCrLfAndCrlfAsLineEnds() {
    assertThat(feed("data: a\r\ndata: b\rdata: c\n\r\ndata: d\r\r"))
        .containsExactly(message("a\nb\nc", ""), message("d", ""));
  }

  @Test
  void skipsOneLeadingByteOrderMark() {
    assertThat(feed("\uFEFFdata: a\n\n\uFEFFdata: b\n\ndata: \uFEFFc\n\n"))
        .containsExactly(message("a", ""), message("\uFEFFc", ""));
  }

  @Test
  void ignoresUnknownFieldsAndNamesWithSpaces() {
    assertThat(feed("foo: 1\n data: 2\ndata : 3\nData: 4\n\n")).isEmpty();
  }

  @Test
  void forgetsTheEventNameAfterEachEvent() {
    assertThat(feed("event: update\ndata: 1\n\ndata: 2\n\n"))
        .extracting(ReceivedEvent::type)
        .containsExactly("update", "message");
  }

  @Property
  void readsTheSameInWhateverPiecesItComes(@ForAll Set<@IntRange(max = 80) Integer> cuts) {
    byte[] bytes =
        "\uFEFFid: é1\r\nevent: 알림\rdata: 😀\ndata:x\n\r\n:c\r\n\r\nretry: 5\r\ndata: y\n\n"
            .getBytes(StandardCharsets.UTF_8);
    WhatwgEventStreamParser whole = new WhatwgEventStreamParser();
    whole.feed(bytes);

    WhatwgEventStreamParser pieces = new WhatwgEventStreamParser();
    int from = 0;
    for (int cut : cuts.stream().filter(at -> at < bytes.length).sorted().toList()) {
      pieces.feed(bytes, from, cut - from);
      from = cut;
    }
    pieces.feed(bytes, from, bytes.length - from);

    assertThat(pieces.events())
        .isEqualTo(whole.events())
        .containsExactly(
            new ReceivedEvent("알림", "😀\nx", "é1"), new ReceivedEvent("message", "y", "é1"));
    assertThat(pieces.retry()).hasValue(5);
    assertThat(pieces.comments()).containsExactly("c");
  }
}
