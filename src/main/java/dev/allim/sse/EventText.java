package dev.allim.sse;

import java.util.Optional;

/**
 * An event as {@link SseEncoder} wrote it, taken apart again.
 *
 * @param fields the lines before the data, with their line ends
 * @param event its name
 * @param data what a subscriber of the plain form gets
 */
record EventText(String fields, Optional<String> event, String data) {
  private static final String EVENT = "\nevent: ";
  private static final String DATA = "\ndata: ";

  /** The first line is the id; behind the last of the data there is an empty one. */
  static EventText parse(String text) {
    int data = text.indexOf(DATA);
    String fields = text.substring(0, data + 1);
    int name = fields.indexOf(EVENT);
    Optional<String> event =
        name < 0
            ? Optional.empty()
            : Optional.of(fields.substring(name + EVENT.length(), fields.indexOf('\n', name + 1)));
    String lines = text.substring(data + DATA.length(), text.length() - 2);
    return new EventText(fields, event, lines.replace(DATA, "\n"));
  }
}
