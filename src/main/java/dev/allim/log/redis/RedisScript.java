package dev.allim.log.redis;

import java.util.List;

/** What is asked of the log: each a script that Redis runs as a whole. */
enum RedisScript {
  /** Begins with the log, or goes on with it. */
  OPEN("common", "open"),
  /** Appends publications. */
  APPEND("common", "append"),
  /** Moves what is due into the log. */
  DUE("common", "due"),
  /** Takes back one that waits. */
  CANCEL("common", "cancel"),
  /** A stretch of it. */
  READ("common", "reading", "read"),
  /** Where somebody begins. */
  LOCATE("common", "reading", "locate"),
  /** Some entries. */
  ENTRIES("common", "reading", "entries"),
  /** The newest of topics and keys. */
  NEWEST("common", "newest"),
  /** Lets go some of what is not to be kept. */
  SWEEP("common", "sweep"),
  /** Deletes some of a topic. */
  PURGE("common", "purge"),
  /** Deletes entries by their positions. */
  DELETE("common", "delete"),
  /** Keeps a note. */
  NOTE("common", "note");

  @SuppressWarnings("ImmutableEnumChecker") // List.of is
  private final List<String> parts;

  RedisScript(String... parts) {
    this.parts = List.of(parts);
  }

  /** The files that it is made of. */
  List<String> parts() {
    return parts;
  }
}
