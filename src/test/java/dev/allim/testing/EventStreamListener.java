package dev.allim.testing;

/** What is read off an event stream, in its order. */
public interface EventStreamListener {
  /** Nobody cares. */
  EventStreamListener NONE = new EventStreamListener() {};

  /** An event, as a browser would hand it to a page. */
  default void event(ReceivedEvent event) {}

  /** A comment, without its colon. */
  default void comment(String text) {}

  /** The stream has set the reconnection time. */
  default void retry(long millis) {}
}
