package dev.allim.log.sqlite;

import static dev.allim.log.Notifications.note;
import static dev.allim.log.Notifications.readAll;
import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.log.Appends;
import dev.allim.log.retention.Retention;
import dev.allim.log.sqlite.file.Durability;
import dev.allim.log.sqlite.file.SqliteSettings;
import dev.allim.notification.Notification;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that is killed in the middle of appending, again and again. */
class SqliteKillTest {
  private static final int ROUNDS = 50;
  private static final int MOST_ACKNOWLEDGED = 60;

  @TempDir Path directory;
  private final Random random = new Random(4);

  private SqliteSettings settings() {
    return new SqliteSettings(
        directory.resolve("allim.db"), Durability.DISK, Retention.unlimited(), 1);
  }

  @Test
  void everythingAcknowledgedIsThereInOrderOnceAndTheFileIsWhole() throws Exception {
    List<String> expected = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      int acknowledged = appendUntilKilled(round);
      List<String> kept = keptOf(expected.size());

      assertThat(kept).as("round %d", round).hasSizeGreaterThanOrEqualTo(acknowledged);
      assertThat(kept).containsExactlyElementsOf(names(round, kept.size()));
      expected.addAll(kept);
    }

    try (SqliteLog log = new SqliteLog(settings(), Clock.systemUTC())) {
      assertThat(readAll(log, 0, "*")).containsExactlyElementsOf(expected);
      assertThat(readAll(log, 0, "alternate")).containsExactlyElementsOf(expected);
    }
    assertThat(integrity()).isEqualTo("ok");
  }

  /** What was kept behind the first so many; positions count by one in a file nobody deletes in. */
  private List<String> keptOf(int before) {
    try (SqliteLog log = new SqliteLog(settings(), Clock.systemUTC())) {
      return readAll(log, before, "*");
    }
  }

  private static List<String> names(int round, int count) {
    return IntStream.range(0, count).mapToObj(i -> name(round, i)).toList();
  }

  private static String name(int round, int number) {
    return "r" + round + "-" + number;
  }

  /** How many notifications the program said it had appended. */
  private int appendUntilKilled(int round) throws IOException, InterruptedException {
    Process program = start(round);
    int enough = 1 + random.nextInt(MOST_ACKNOWLEDGED);
    int acknowledged = 0;
    try (BufferedReader output = program.inputReader()) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        acknowledged = Integer.parseInt(line);
        if (acknowledged >= enough) {
          program.toHandle().destroyForcibly(); // SIGKILL; what it wrote until then is still read
        }
      }
    }
    program.waitFor();
    assertThat(acknowledged).isGreaterThanOrEqualTo(enough);
    return acknowledged;
  }

  private Process start(int round) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx64m",
            // a killed program cannot remove the library that the driver unpacks
            "-Dorg.sqlite.tmpdir=" + directory,
            "-cp",
            System.getProperty("java.class.path"),
            Appender.class.getName(),
            settings().path().toString(),
            Integer.toString(round))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private String integrity() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + settings().path());
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery("PRAGMA integrity_check")) {
      return answer.getString(1);
    }
  }

  /** The program: appends batches of 1, 2, 3 … and says after each how many it has appended. */
  static final class Appender {
    private Appender() {}

    public static void main(String[] arguments) {
      SqliteSettings settings =
          new SqliteSettings(Path.of(arguments[0]), Durability.DISK, Retention.unlimited(), 1);
      int round = Integer.parseInt(arguments[1]);
      int number = 0;
      try (SqliteLog log = new SqliteLog(settings, Clock.systemUTC())) {
        for (int size = 1; ; size = size % 5 + 1) {
          List<Notification> batch = new ArrayList<>();
          for (int i = 0; i < size; i++) {
            batch.add(note(name(round, number++), "topic", "alternate"));
          }
          Appends.append(log, batch);
          System.out.println(number);
        }
      }
    }
  }
}
