package dev.allim.hub.spi;

/** What the events of a stream say, of their notifications and of the hub. */
public enum Dialect {
  /** The data as it was published, and nothing else. */
  PLAIN,

  /** A JSON object with the data and what belongs to it: topics, key, times. */
  JSON,

  /** A CloudEvent 1.0 in its JSON format. */
  CLOUDEVENTS,

  /**
   * The data as it was published, in a stream in which the hub says nothing of itself but what
   * keeps it open and when to come back: neither where its subscriber stands nor what it missed,
   * nor that its grant ends. For subscribers who would take such an event for one of a publisher;
   * whoever opens the stream tells them in its head what there is to tell. One that falls behind
   * what is kept is ended, and told so when it comes back.
   */
  BARE;

  /** Whether the data is in an envelope. */
  public boolean isEnveloped() {
    return this == JSON || this == CLOUDEVENTS;
  }

  /** Whether events of the hub's own are part of the stream. */
  public boolean hasHubEvents() {
    return this != BARE;
  }
}
