package dev.allim.hub.spi;

/** What the {@code data} of an event says of its notification. */
public enum Dialect {
  /** The data as it was published, and nothing else. */
  PLAIN,

  /** A JSON object with the data and what belongs to it: topics, key, times. */
  JSON,

  /** A CloudEvent 1.0 in its JSON format. */
  CLOUDEVENTS
}
