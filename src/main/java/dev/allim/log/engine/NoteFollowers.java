package dev.allim.log.engine;

import dev.allim.log.EventLog;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** For engines: those who follow notes in this program. Safe for any thread. */
public final class NoteFollowers {
  private final List<Follower> followers = new CopyOnWriteArrayList<>();

  private record Follower(String board, Runnable changed) {}

  /** One more. */
  public EventLog.Registration add(String board, Runnable changed) {
    Follower follower = new Follower(board, changed);
    followers.add(follower);
    return () -> followers.remove(follower);
  }

  /** Something was kept on this board. */
  public void tell(String board) {
    for (Follower follower : followers) {
      if (follower.board().equals(board)) {
        follower.changed().run();
      }
    }
  }

  /** Something may have been kept that nobody here heard of. */
  public void tellAll() {
    followers.forEach(follower -> follower.changed().run());
  }
}
