package dev.allim.sse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.spi.Gap;
import dev.allim.notification.EventId;
import dev.allim.notification.EventName;
import dev.allim.notification.Notification;
import dev.allim.testing.ReceivedEvent;
import dev.allim.testing.WhatwgEventStreamParser;
import dev.allim.topic.Topic;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseEncoderTest {
  private static final EventId ID = new EventId("7");
  private static final Topic TOPIC = new Topic("a");
  private final SseEncoder encoder = new SseEncoder();

  private static byte[] bytes(Consumer<ByteBuf> encode) {
    ByteBuf out = Unpooled.buffer();
    encode.accept(out);
    byte[] bytes = new byte[out.readableBytes()];
    out.readBytes(bytes).release();
    return bytes;
  }

  private String text(Notification notification) {
    return new String(bytes(out -> encoder.encode(notification, out)), StandardCharsets.UTF_8);
  }

  private static Notification notification(
      Optional<EventName> name, String data, OptionalLong retry) {
    return new Notification(
        ID, List.of(TOPIC), name, data, retry, Optional.empty(), Optional.empty());
  }

  @Test
  void writesOneFieldALine() {
    assertThat(
            text(notification(Optional.of(new EventName("update")), "알림", OptionalLong.of(1500))))
        .isEqualTo("id: 7\nevent: update\nretry: 1500\ndata: 알림\n\n");
  }

  @Test
  void leavesOutWhatANotificationHasNot() {
    assertThat(text(Notification.of(ID, TOPIC, "x"))).isEqualTo("id: 7\ndata: x\n\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\n", "\r", "a\n", "알", "알림\n", "🔔"})
  void knowsBeforehandHowLongALongOneIs(String part) {
    Notification notification = Notification.of(ID, TOPIC, part.repeat(100_000));
    int length = bytes(out -> encoder.encode(notification, out)).length;

    assertThat(encoder.sizeHint(notification)).isBetween(length, length + 64);
  }

  @Test
  void writesOneDataLineForEmptyData() {
    assertThat(text(Notification.of(ID, TOPIC, ""))).isEqualTo("id: 7\ndata: \n\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb\n\nc", "a\rb\r\rc", "a\r\nb\r\n\r\nc", "a\rb\n\r\nc"})
  void writesEachLineOfTheDataAsALine(String data) {
    assertThat(text(Notification.of(ID, TOPIC, data)))
        .isEqualTo("id: 7\ndata: a\ndata: b\ndata: \ndata: c\n\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\r\n"})
  void keepsALineBreakAtTheEnd(String end) {
    assertThat(text(Notification.of(ID, TOPIC, "a" + end))).isEqualTo("id: 7\ndata: a\ndata: \n\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"id: 1", "event: x\r\rid: 9", ": c\n\n", "\n\nevent: gap\ndata: y\n\n", " a"})
  void neverLetsDataPoseAsAField(String data) {
    List<ReceivedEvent> events =
        new WhatwgEventStreamParser()
            .feed(bytes(out -> encoder.encode(Notification.of(ID, TOPIC, data), out)));

    assertThat(events).containsExactly(new ReceivedEvent("message", normalised(data), "7"));
  }

  private static String normalised(String data) {
    return data.replaceAll("\r\n?", "\n");
  }

  @Test
  void keepsAStreamOpenWithoutTheReaderNoticing() {
    WhatwgEventStreamParser reader = new WhatwgEventStreamParser();
    reader.feed(bytes(out -> encoder.encode(Notification.of(ID, TOPIC, "x"), out)));
    reader.feed(bytes(encoder::heartbeat));

    assertThat(reader.comments()).containsExactly("");
    assertThat(reader.events()).hasSize(1);
    assertThat(reader.lastEventId()).isEqualTo("7");
  }

  @Test
  void setsTheReconnectionTimeInMilliseconds() {
    WhatwgEventStreamParser reader = new WhatwgEventStreamParser();
    reader.feed(bytes(out -> encoder.retry(Duration.ofNanos(1_234_567_890), out)));

    assertThat(reader.retry()).hasValue(1234);
    assertThat(reader.events()).isEmpty();
  }

  @Test
  void tellsAGapWithoutChangingTheLastId() {
    WhatwgEventStreamParser reader = new WhatwgEventStreamParser();
    reader.feed(bytes(out -> encoder.encode(Notification.of(ID, TOPIC, "x"), out)));
    Gap gap = new Gap(Optional.of(ID), Optional.of(new EventId("say \"hi\" \\")));
    reader.feed(bytes(out -> encoder.gap(gap, out)));

    assertThat(reader.events().get(1))
        .isEqualTo(
            new ReceivedEvent(
                "gap",
                "{\"asked\":\"7\",\"resumesAt\":\"say \\\"hi\\\" \\\\\",\"missed\":null}",
                "7"));
  }

  @Test
  void tellsAGapOfWhichNeitherEndIsKnown() {
    WhatwgEventStreamParser reader = new WhatwgEventStreamParser();
    reader.feed(bytes(out -> encoder.gap(new Gap(Optional.empty(), Optional.empty()), out)));

    assertThat(reader.events())
        .containsExactly(
            new ReceivedEvent("gap", "{\"asked\":null,\"resumesAt\":null,\"missed\":null}", ""));
  }

  @Provide
  Arbitrary<String> plain() {
    return Arbitraries.strings()
        .withChars("ab1 :\"\\é알\u2028")
        .withChars("ｆ\uFFFD")
        .ofMinLength(1)
        .ofMaxLength(20)
        .filter(text -> !text.startsWith("#"));
  }

  @Provide
  Arbitrary<Optional<String>> names() {
    return plain().optional();
  }

  @Provide
  Arbitrary<String> data() {
    Arbitrary<String> anything =
        Arbitraries.strings().filter(text -> text.codePoints().noneMatch(SseEncoderTest::isHalf));
    Arbitrary<String> lines =
        Arbitraries.of("\r", "\n", "\r\n", ":", " ", "data", "id: 1", "\0", "\uFEFF", "😀", "x")
            .list()
            .ofMaxSize(15)
            .map(parts -> String.join("", parts));
    return Arbitraries.oneOf(lines, anything);
  }

  private static boolean isHalf(int codePoint) {
    return Character.getType(codePoint) == Character.SURROGATE;
  }

  @Property(tries = 3000)
  void isReadBackByABrowser(
      @ForAll("plain") String id,
      @ForAll("names") Optional<String> name,
      @ForAll("data") String data,
      @ForAll @LongRange(min = 0, max = 86_400_000) Long retry) {
    Notification notification =
        new Notification(
            new EventId(id),
            List.of(TOPIC),
            name.map(EventName::new),
            data,
            OptionalLong.of(retry),
            Optional.empty(),
            Optional.empty());
    WhatwgEventStreamParser reader = new WhatwgEventStreamParser();
    byte[] bytes = bytes(out -> encoder.encode(notification, out));

    reader.feed(bytes);

    assertThat(reader.events())
        .containsExactly(new ReceivedEvent(name.orElse("message"), normalised(data), id));
    assertThat(reader.retry()).hasValue(retry);
    assertThat(bytes).doesNotContain('\r').endsWith('\n', '\n');
  }
}
