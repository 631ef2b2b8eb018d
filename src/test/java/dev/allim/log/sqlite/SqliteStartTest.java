package dev.allim.log.sqlite;

import static dev.allim.log.Notifications.filter;
import static dev.allim.log.Notifications.note;
import static dev.allim.log.Notifications.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.allim.log.AppendResult;
import dev.allim.log.Appends;
import dev.allim.log.LogUnavailableException;
import dev.allim.log.Note;
import dev.allim.log.retention.Retention;
import dev.allim.log.sqlite.file.Durability;
import dev.allim.log.sqlite.file.SqliteSettings;
import dev.allim.notification.Accepted;
import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import dev.allim.notification.TraceParent;
import dev.allim.testing.HandClock;
import dev.allim.topic.Topic;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file is looked at for before it is used, and what is said of it. */
class SqliteStartTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("allim.db");
  }

  private SqliteLog open() {
    return new SqliteLog(
        new SqliteSettings(file, Durability.MEMORY, Retention.unlimited(), 1), new HandClock());
  }

  private void makeOne(int count, int size) {
    try (SqliteLog log = open()) {
      Appends.append(
          log,
          IntStream.range(0, count)
              .mapToObj(
                  i -> Notification.of(new EventId("n" + i), new Topic("a"), "x".repeat(size)))
              .toList());
    }
  }

  private void assertRefused(String... words) {
    assertThatExceptionOfType(LogUnavailableException.class)
        .isThrownBy(this::open)
        .withMessageContainingAll(words)
        .withMessageContaining(file.toString());
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void refusesWhatIsNoDatabaseAndLeavesItAlone() throws IOException {
    Files.writeString(file, "Dear diary,");

    assertRefused("not an SQLite database", "allim.history.path");
    assertThat(file).hasContent("Dear diary,");
  }

  @Test
  void refusesTheDatabaseOfAnotherProgram() throws SQLException {
    execute("CREATE TABLE customer (name TEXT)");

    assertRefused("database of another program", "allim.history.path");
  }

  @Test
  void refusesAFileOfANewerVersion() throws SQLException {
    makeOne(1, 10);
    execute("PRAGMA user_version = 999");

    assertRefused("newer version", "999");
  }

  @Test
  void bringsAFileOfVersionOneToItsOwn() throws SQLException {
    makeOne(1, 10);
    backToVersionOne();
    execute(
        "INSERT INTO receipt (key, fingerprint, answer, expires) VALUES ('k', 'f', 'id', 9e15)");

    try (SqliteLog log = open()) {
      assertThat(Appends.result(log, Appends.once("k", "f", note("2", "b"))))
          .isEqualTo(new AppendResult.Repeated(List.of(Accepted.now(new EventId("id")))));
    }
  }

  @Test
  void aFileOfVersionThreeSaysWhenWhatItAnsweredIsDelivered() throws SQLException {
    Instant at = Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.MILLIS);
    try (SqliteLog log = open()) {
      Appends.defer(log, note("waits", "a"), at);
    }
    backToVersionFour();
    execute("ALTER TABLE receipt ADD COLUMN later INTEGER NOT NULL DEFAULT 0");
    execute("PRAGMA user_version = 3");
    execute("INSERT INTO receipt VALUES ('k', 'f', 'waits', 9e15, 1)");
    execute("INSERT INTO receipt VALUES ('l', 'f', 'gone', 9e15, 1)");

    try (SqliteLog log = open()) {
      assertThat(Appends.result(log, Appends.once("k", "f", note("2", "b"))))
          .isEqualTo(
              new AppendResult.Repeated(
                  List.of(new Accepted(new EventId("waits"), Optional.of(at)))));
      assertThat(Appends.result(log, Appends.once("l", "f", note("3", "b"))))
          .isEqualTo(new AppendResult.Repeated(List.of(Accepted.now(new EventId("gone")))));
    }
  }

  private void backToVersionSix() throws SQLException {
    for (String table : List.of("event", "deferred")) {
      execute("ALTER TABLE %s DROP COLUMN context".formatted(table));
    }
  }

  private void backToVersionFive() throws SQLException {
    backToVersionSix();
    execute("DROP TABLE note");
    execute("PRAGMA user_version = 5");
  }

  private void backToVersionFour() throws SQLException {
    backToVersionFive();
    for (String table : List.of("event", "deferred")) {
      execute("ALTER TABLE %s DROP COLUMN private".formatted(table));
    }
    execute("DROP TABLE forgotten_private");
  }

  @Test
  void aFileOfVersionFiveKeepsNotesWhichOutliveTheProgram() throws SQLException {
    makeOne(1, 10);
    backToVersionFive();
    Note note = new Note("board", "name", "text", Instant.ofEpochMilli(Long.MAX_VALUE));

    try (SqliteLog log = open()) {
      log.notes().orElseThrow().keep(note, 1);
    }
    try (SqliteLog log = open()) {
      assertThat(log.notes().orElseThrow().all("board")).containsExactly(note);
      assertThat(readAll(log, 0, "*")).hasSize(1);
    }
  }

  private void backToVersionOne() throws SQLException {
    backToVersionFour();
    for (String table : List.of("event", "deferred")) {
      execute("ALTER TABLE %s DROP COLUMN trace".formatted(table));
    }
    execute("DROP TABLE gone_id");
    execute("DROP TABLE doubtful");
    execute("PRAGMA user_version = 1");
  }

  @Test
  void keepsTheTracesOfAFileThatWasOfVersionOne() throws SQLException {
    makeOne(3, 10);
    backToVersionOne();

    for (int round = 1; round <= 2; round++) {
      try (SqliteLog log = open()) {
        TraceParent parent =
            new TraceParent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        Appends.append(log, List.of(note("new" + round, "b").tracedBy(parent)));

        assertThat(log.read(0, filter("*"), 10, 1 << 20).items())
            .extracting(stored -> stored.notification().trace())
            .startsWith(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(parent))
            .hasSize(3 + round);
      }
    }
  }

  @Test
  void refusesAFileThatIsCutOff() throws IOException {
    makeOne(2_000, 1_000);
    try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
      opened.setLength(opened.length() / 2 / 4096 * 4096);
    }

    assertRefused("damaged", ".recover");
  }

  @Test
  void refusesAFileWithPagesOverwritten() throws IOException {
    makeOne(2_000, 1_000);
    try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
      opened.seek(opened.length() / 2 / 4096 * 4096);
      opened.write(new byte[8 * 4096]);
    }

    assertRefused("damaged", ".recover");
  }

  @Test
  void refusesALargeFileWhoseEndIsOverwritten() throws IOException {
    makeOne(40, 1 << 20);
    try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
      opened.seek(4096);
      opened.write(new byte[16 * 4096]);
    }

    assertRefused("damaged", ".recover");
  }

  @Test
  void refusesAFileThatIsInUse() {
    try (SqliteLog first = open()) {
      assertRefused("in use by another program");
      Appends.append(first, List.of(note("1", "a")));
      assertThat(readAll(first, 0, "*")).containsExactly("1");
    }
    try (SqliteLog next = open()) {
      assertThat(readAll(next, 0, "*")).containsExactly("1");
    }
  }

  @Test
  void refusesAFileThatIsInUseThroughALinkToIt() throws IOException {
    Path elsewhere = Files.createDirectory(file.resolveSibling("elsewhere"));
    Path link = Files.createSymbolicLink(elsewhere.resolve("link.db"), file);
    try (SqliteLog first = new SqliteLog(settings(link), Clock.systemUTC())) {
      Appends.append(first, List.of(note("1", "a")));
      assertRefused("in use by another program");
    }
    try (SqliteLog first = open()) {
      assertThat(readAll(first, 0, "*")).containsExactly("1");
      assertThatExceptionOfType(LogUnavailableException.class)
          .isThrownBy(() -> new SqliteLog(settings(link), Clock.systemUTC()).close())
          .withMessageContaining("in use by another program");
      Appends.append(first, List.of(note("2", "a")));
      assertThat(readAll(first, 0, "*")).containsExactly("1", "2");
    }
  }

  private static SqliteSettings settings(Path path) {
    return new SqliteSettings(path, Durability.MEMORY, Retention.unlimited(), 2);
  }

  @Test
  void refusesAPathThatIsADirectory() throws IOException {
    Files.createDirectory(file);

    assertRefused("cannot be");
  }

  @Test
  void anEmptyFileIsANewOne() throws IOException {
    Files.createFile(file);

    makeOne(1, 10);

    try (SqliteLog log = open()) {
      assertThat(log.status().head()).isEqualTo(1);
    }
  }
}
