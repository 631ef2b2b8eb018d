package dev.allim.testing;

import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** WHATWG HTML 9.2.6, character by character. */
final class EventParser {
  private final Consumer<ReceivedEvent> onEvent;
  private final Consumer<String> onComment;
  private final LongConsumer onRetry;
  private final StringBuilder line = new StringBuilder();
  private final StringBuilder data = new StringBuilder();
  private String type = "";
  private String lastEventId = "";
  private boolean atStart = true;
  private boolean afterCr;

  EventParser(Consumer<ReceivedEvent> onEvent, Consumer<String> onComment, LongConsumer onRetry) {
    this.onEvent = onEvent;
    this.onComment = onComment;
    this.onRetry = onRetry;
  }

  void accept(char c) {
    boolean lfOfCrlf = afterCr && c == '\n';
    boolean byteOrderMark = atStart && c == '\uFEFF';
    afterCr = c == '\r';
    atStart = false;
    if (lfOfCrlf || byteOrderMark) {
      return;
    }
    if (c == '\r' || c == '\n') {
      String complete = line.toString();
      line.setLength(0);
      line(complete);
    } else {
      line.append(c);
    }
  }

  private void line(String text) {
    int colon = text.indexOf(':');
    if (text.isEmpty()) {
      dispatch();
    } else if (colon == 0) {
      onComment.accept(text.substring(1));
    } else {
      String value = colon < 0 ? "" : text.substring(colon + 1);
      field(colon < 0 ? text : text.substring(0, colon), value.replaceFirst("^ ", ""));
    }
  }

  private void field(String name, String value) {
    switch (name) {
      case "event" -> type = value;
      case "data" -> data.append(value).append('\n');
      case "id" -> lastEventId = value.indexOf('\0') < 0 ? value : lastEventId;
      case "retry" -> retry(value);
      default -> {}
    }
  }

  private void retry(String value) {
    if (value.matches("[0-9]+")) {
      onRetry.accept(Long.parseLong(value));
    }
  }

  private void dispatch() {
    if (data.length() > 0) {
      data.setLength(data.length() - 1);
      onEvent.accept(
          new ReceivedEvent(type.isEmpty() ? "message" : type, data.toString(), lastEventId));
    }
    data.setLength(0);
    type = "";
  }
}
