package dev.allim.log.sqlite;

import dev.allim.log.EventLog;
import dev.allim.log.Note;
import dev.allim.log.Notes;
import dev.allim.log.engine.NoteFollowers;
import dev.allim.log.sqlite.file.SqlSession;
import dev.allim.log.sqlite.file.SqliteFile;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Notes in a table of their own. Blocks on the disk. */
final class SqliteNotes implements Notes {
  private final SqliteFile file;
  private final Clock clock;
  private final NoteFollowers followers = new NoteFollowers();

  SqliteNotes(SqliteFile file, Clock clock) {
    this.file = file;
    this.clock = clock;
  }

  @Override
  public boolean keep(Note note, int most) {
    long now = clock.millis();
    boolean kept = file.write(session -> put(session, note, most, now));
    if (kept) {
      followers.tell(note.board());
    }
    return kept;
  }

  private static boolean put(SqlSession session, Note note, int most, long now)
      throws SQLException {
    session.update("DELETE FROM note WHERE board = ? AND until <= ?", note.board(), now);
    return session.update(
            """
            INSERT INTO note (board, name, text, until) SELECT ?1, ?2, ?3, ?4
              WHERE EXISTS (SELECT 1 FROM note WHERE board = ?1 AND name = ?2)
                OR (SELECT count(*) FROM note WHERE board = ?1) < ?5
              ON CONFLICT DO UPDATE SET text = excluded.text, until = excluded.until""",
            note.board(),
            note.name(),
            note.text(),
            note.until().toEpochMilli(),
            most)
        > 0;
  }

  @Override
  public Optional<Note> find(String board, String name) {
    return read("AND name = ?", board, name).stream().findFirst();
  }

  @Override
  public List<Note> all(String board) {
    return read("AND name <> ?", board, "");
  }

  private List<Note> read(String which, String board, String name) {
    List<Note> notes = new ArrayList<>();
    return file.lookUp(
        session -> {
          session.query(
              row ->
                  notes.add(
                      new Note(
                          board,
                          row.getString(1),
                          row.getString(2),
                          Instant.ofEpochMilli(row.getLong(3)))),
              "SELECT name, text, until FROM note WHERE board = ? AND until > ? " + which,
              board,
              clock.millis(),
              name);
          return notes;
        });
  }

  @Override
  public EventLog.Registration follow(String board, Runnable changed) {
    return followers.add(board, changed);
  }
}
