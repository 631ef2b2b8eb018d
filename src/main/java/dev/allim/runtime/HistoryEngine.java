package dev.allim.runtime;

/** What keeps the history. */
public enum HistoryEngine {
  /** One file on a disk of this machine, for one program. */
  SQLITE,
  /** The memory of this program, until it ends. */
  MEMORY,
  /** A Redis Stream, which many programs share as one log. */
  REDIS
}
