package dev.allim.log.memory;

import dev.allim.log.EventLog;
import dev.allim.log.Note;
import dev.allim.log.Notes;
import dev.allim.log.engine.NoteFollowers;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Notes in memory, until the program ends. Never waits for anything but another short call. */
final class MemoryNotes implements Notes {
  private final Clock clock;
  private final NoteFollowers followers = new NoteFollowers();
  // under this object's lock
  private final Map<String, Map<String, Note>> boards = new HashMap<>();

  MemoryNotes(Clock clock) {
    this.clock = clock;
  }

  @Override
  public boolean keep(Note note, int most) {
    boolean kept = put(note, most);
    if (kept) {
      followers.tell(note.board());
    }
    return kept;
  }

  private synchronized boolean put(Note note, int most) {
    Map<String, Note> board = current(note.board());
    boolean room = board.containsKey(note.name()) || board.size() < most;
    if (room) {
      board.put(note.name(), note);
    }
    return room;
  }

  private Map<String, Note> current(String name) {
    Map<String, Note> board = boards.computeIfAbsent(name, any -> new HashMap<>());
    board.values().removeIf(note -> !note.until().isAfter(clock.instant()));
    return board;
  }

  @Override
  public synchronized Optional<Note> find(String board, String name) {
    return Optional.ofNullable(boards.getOrDefault(board, Map.of()).get(name))
        .filter(note -> note.until().isAfter(clock.instant()));
  }

  @Override
  public synchronized List<Note> all(String board) {
    return List.copyOf(current(board).values());
  }

  @Override
  public EventLog.Registration follow(String board, Runnable changed) {
    return followers.add(board, changed);
  }
}
