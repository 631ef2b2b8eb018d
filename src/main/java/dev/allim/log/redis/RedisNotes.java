package dev.allim.log.redis;

import dev.allim.log.EventLog;
import dev.allim.log.Note;
import dev.allim.log.Notes;
import dev.allim.log.engine.NoteFollowers;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Notes in a hash for each board, which all programs share. Blocks on the network. */
final class RedisNotes implements Notes {
  private static final String START = "0";
  private static final int AT_ONCE = 1_000;

  private final RedisSettings settings;
  private final RedisReader reader;
  private final RedisStanding standing;
  private final NoteFollowers followers;
  private final Clock clock;

  /** {@code followers} are told by the thread that follows the log. */
  RedisNotes(
      RedisSettings settings,
      RedisReader reader,
      RedisStanding standing,
      NoteFollowers followers,
      Clock clock) {
    this.settings = settings;
    this.reader = reader;
    this.standing = standing;
    this.followers = followers;
    this.clock = clock;
  }

  @Override
  public boolean keep(Note note, int most) {
    long until = note.until().toEpochMilli();
    Response answer =
        reader.run(
            RedisScript.NOTE,
            standing.epoch(),
            note.board(),
            note.name(),
            until + "\n" + note.text(),
            until,
            clock.millis(),
            most);
    standing.update(answer.get(0));
    return RedisStanding.number(answer, 1) == 1;
  }

  private String key(String board) {
    return settings.base() + "notes:" + board;
  }

  @Override
  public Optional<Note> find(String board, String name) {
    Optional<Response> found =
        Optional.ofNullable(reader.ask(Request.cmd(Command.HGET).arg(key(board)).arg(name)));
    return found
        .map(text -> note(board, name, RedisForm.text(text)))
        .filter(note -> note.until().isAfter(clock.instant()));
  }

  /** What is there all the while is found by a scan, whatever comes and goes beside it. */
  @Override
  public List<Note> all(String board) {
    Instant now = clock.instant();
    Map<String, Note> notes = new HashMap<>();
    String cursor = START;
    do {
      Request scan = Request.cmd(Command.HSCAN).arg(key(board)).arg(cursor);
      Response answer = reader.ask(scan.arg("COUNT").arg(AT_ONCE));
      cursor = RedisForm.text(answer.get(0));
      Response flat = answer.get(1);
      for (int i = 0; i + 1 < flat.size(); i += 2) {
        String name = RedisForm.text(flat.get(i));
        notes.put(name, note(board, name, RedisForm.text(flat.get(i + 1))));
      }
    } while (!cursor.equals(START));
    return notes.values().stream().filter(note -> note.until().isAfter(now)).toList();
  }

  private static Note note(String board, String name, String value) {
    int end = value.indexOf('\n');
    Instant until = Instant.ofEpochMilli(Long.parseLong(value.substring(0, end)));
    return new Note(board, name, value.substring(end + 1), until);
  }

  @Override
  public EventLog.Registration follow(String board, Runnable changed) {
    return followers.add(board, changed);
  }
}
