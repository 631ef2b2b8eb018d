package dev.allim.bench.load;

import java.nio.charset.StandardCharsets;

/**
 * How an event is published.
 *
 * @param path to POST to
 * @param headers lines of the head, each with its end; what tells the body's length is added
 * @param before what stands in the body in front of the event's text
 * @param after what stands behind it
 */
public record Post(String path, String headers, String before, String after) {
  private static final String PLAIN = "Content-Type: text/plain\r\n";

  /** The text is the body. */
  public static Post plain(String path) {
    return new Post(path, PLAIN, "", "");
  }

  /** The same for somebody else, as a proxy says. */
  Post forwardedFor(String address) {
    return with("X-Forwarded-For: " + address);
  }

  /** The same with another header. */
  public Post with(String header) {
    return new Post(path, headers + header + "\r\n", before, after);
  }

  /** The head, and the body up to the text. */
  byte[] begin(int port, int textBytes) {
    String head =
        "POST %s HTTP/1.1\r\nHost: localhost:%d\r\nContent-Length: %d\r\n%s\r\n%s"
            .formatted(path, port, before.length() + textBytes + after.length(), headers, before);
    return head.getBytes(StandardCharsets.US_ASCII);
  }

  /** The body behind the text. */
  byte[] end() {
    return after.getBytes(StandardCharsets.US_ASCII);
  }
}
