package dev.allim.bench.server;

import java.util.Map;

/** A kind of server that can be started to be measured. */
public interface Contender {
  /** Its column in the table. */
  String name();

  /**
   * Starts one that nobody has used yet, and returns when it listens.
   *
   * @param properties configuration of the hub; others have none and ignore it
   */
  Server start(Map<String, String> properties);
}
