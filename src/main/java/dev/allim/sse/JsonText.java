package dev.allim.sse;

/** Texts without control characters, as the inside of a JSON string (RFC 8259, 7). */
final class JsonText {
  private JsonText() {}

  static String escape(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
