package dev.allim.sse;

import dev.allim.hub.spi.Dialect;
import dev.allim.hub.spi.Envelope;
import dev.allim.hub.spi.FrameEncoder;
import dev.allim.hub.spi.Gap;
import dev.allim.notification.EventId;
import dev.allim.notification.EventName;
import dev.allim.notification.Notification;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Writes events as the WHATWG HTML standard reads them (9.2.6): one field a line, exactly one space
 * after the colon, LF line endings. Each line of the data becomes a {@code data} field of its own,
 * so data can never pose as another field.
 *
 * <p>Pure and safe for any thread. It trusts the domain: ids and event names hold no line break.
 */
public final class SseEncoder implements FrameEncoder {
  private static final byte[] REAUTHENTICATE = ascii("event: reauthenticate\ndata: {}\n\n");
  private static final byte[] ID = ascii("id: ");
  private static final byte[] EVENT = ascii("event: ");
  private static final byte[] RETRY = ascii("retry: ");
  private static final byte[] DATA = ascii("data: ");

  /**
   * Without a blank line: to some clients one is a message, even with nothing before it, and to all
   * of them a comment needs none.
   */
  private static final byte[] COMMENT = ascii(":\n");

  private static final int FIELDS_AROUND = 32;

  /** Characters of data from which on it is looked at for how many bytes it takes. */
  private static final int LONG = 1024;

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void encode(Notification notification, ByteBuf out) {
    field(ID, notification.id().value(), out);
    notification.event().ifPresent(event -> field(EVENT, event.value(), out));
    notification.retry().ifPresent(millis -> field(RETRY, Long.toString(millis), out));
    data(notification.data(), out);
    out.writeByte('\n');
  }

  @Override
  public void encode(Dialect dialect, String event, About about, ByteBuf out) {
    EventText text = EventText.parse(event);
    Envelope envelope =
        new Envelope(
            about.id(),
            about.topics(),
            text.event().map(EventName::new),
            text.data(),
            about.key(),
            about.published(),
            about.expires(),
            about.context());
    ByteBufUtil.writeUtf8(out, text.fields());
    data(Envelopes.json(dialect, envelope), out);
    out.writeByte('\n');
  }

  @Override
  public int sizeHint(Notification notification) {
    return FIELDS_AROUND + notification.id().value().length() + sizeHint(notification.data());
  }

  /** A buffer that has to grow is there twice meanwhile, and twice as large in the end. */
  private static int sizeHint(String data) {
    return data.length() < LONG ? data.length() : ByteBufUtil.utf8Bytes(data) + fieldsOf(data);
  }

  private static int fieldsOf(String data) {
    int fields = 1;
    for (int i = 0; i < data.length(); i++) {
      if (data.charAt(i) == '\n' || data.charAt(i) == '\r') {
        fields++;
      }
    }
    return fields * DATA.length;
  }

  /** Of several libraries a blank line makes a message, hence none where no id has to be set. */
  @Override
  public void greeting(Duration delay, Optional<EventId> place, ByteBuf out) {
    field(RETRY, Long.toString(delay.toMillis()), out);
    place.ifPresentOrElse(id -> place(id, out), () -> out.writeBytes(COMMENT));
  }

  /** An id alone sets a browser's last event id and is no message (9.2.6, dispatch, step 1). */
  @Override
  public void place(EventId place, ByteBuf out) {
    field(ID, place.value(), out);
    out.writeByte('\n');
  }

  @Override
  public void heartbeat(ByteBuf out) {
    out.writeBytes(COMMENT);
  }

  @Override
  public void retry(Duration delay, ByteBuf out) {
    field(RETRY, Long.toString(delay.toMillis()), out);
  }

  @Override
  public void reauthenticate(ByteBuf out) {
    out.writeBytes(REAUTHENTICATE);
  }

  @Override
  public void gap(Gap gap, ByteBuf out) {
    field(EVENT, EventName.GAP, out);
    data(
        "{\"asked\":%s,\"resumesAt\":%s,\"missed\":null}"
            .formatted(json(gap.asked()), json(gap.resumesAt())),
        out);
    out.writeByte('\n');
  }

  private static String json(Optional<EventId> id) {
    return id.map(present -> '"' + JsonText.escape(present.value()) + '"').orElse("null");
  }

  private static void field(byte[] name, String value, ByteBuf out) {
    out.writeBytes(name);
    ByteBufUtil.writeUtf8(out, value);
    out.writeByte('\n');
  }

  /**
   * CR, LF and CRLF all end a line; whatever the data holds, even nothing, there is at least one
   * line.
   */
  private static void data(String data, ByteBuf out) {
    int from = 0;
    int lf = orEnd(data.indexOf('\n'), data);
    int cr = orEnd(data.indexOf('\r'), data);
    while (lf < data.length() || cr < data.length()) {
      int end = Math.min(lf, cr);
      line(data, from, end, out);
      from = end + (isCrlf(data, end) ? 2 : 1);
      lf = lf < from ? orEnd(data.indexOf('\n', from), data) : lf;
      cr = cr < from ? orEnd(data.indexOf('\r', from), data) : cr;
    }
    line(data, from, data.length(), out);
  }

  private static int orEnd(int found, String data) {
    return found < 0 ? data.length() : found;
  }

  private static boolean isCrlf(String data, int at) {
    return data.charAt(at) == '\r' && at + 1 < data.length() && data.charAt(at + 1) == '\n';
  }

  private static void line(String data, int from, int to, ByteBuf out) {
    out.writeBytes(DATA);
    ByteBufUtil.writeUtf8(out, data, from, to);
    out.writeByte('\n');
  }
}
