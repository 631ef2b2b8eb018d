package dev.allim.log;

import java.util.List;
import java.util.Optional;

/**
 * What an engine keeps that is no notification: notes, each until its time, as safely as the log
 * itself and for all programs that share it. No retention and no purge takes them. Safe for any
 * thread; may block on a disk or a network.
 */
public interface Notes {
  /**
   * Keeps a note; one of the same name on the same board is replaced.
   *
   * @param most how many notes a board holds
   * @return false if it is full: then nothing has changed
   * @throws LogUnavailableException if it could not be kept, or that is not known
   */
  boolean keep(Note note, int most);

  /**
   * The one of that name, unless it is over.
   *
   * @throws LogUnavailableException if that cannot be found out now
   */
  Optional<Note> find(String board, String name);

  /**
   * All that are not over, in no order.
   *
   * @throws LogUnavailableException if that cannot be found out now
   */
  List<Note> all(String board);

  /**
   * Follows a board: {@code changed} is called soon after any program has kept something there, and
   * whenever that may have been missed. It must be quick, and read nothing: any thread may call.
   */
  EventLog.Registration follow(String board, Runnable changed);
}
