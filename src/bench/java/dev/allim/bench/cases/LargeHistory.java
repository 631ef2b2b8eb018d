package dev.allim.bench.cases;

import dev.allim.bench.report.Figure;
import dev.allim.bench.server.Server;
import dev.allim.log.AppendRequest;
import dev.allim.log.retention.Retention;
import dev.allim.log.sqlite.SqliteLog;
import dev.allim.log.sqlite.file.Durability;
import dev.allim.log.sqlite.file.SqliteSettings;
import dev.allim.notification.Notification;
import dev.allim.notification.TimeOrderedIds;
import dev.allim.topic.Topic;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A million notifications in the history: how long it takes to start, and to replay the first. */
final class LargeHistory implements Case {
  private static final int NOTIFICATIONS = 1_000_000;
  private static final int A_BATCH = 1_000;
  private static final int TOPICS = 100;
  private static final int REPLAYS = 20;
  private static final Figure START = new Figure("until it accepts, ms", 0);
  private static final Figure FIRST = new Figure("first replay after the start, ms", 1);
  private static final Figure LATER = new Figure("later replays, ms", 1);

  @Override
  public String key() {
    return "large";
  }

  @Override
  public String title() {
    return "%,d in the history".formatted(NOTIFICATIONS);
  }

  @Override
  public void run(Lab lab) {
    Path file = fill(lab);
    for (int round = 0; round < lab.settings().repeat(); round++) {
      Map<String, String> properties = Map.of("allim.history.path", file.toString());
      try (Server server = lab.contenders().hub().start(properties)) {
        lab.note(this, START, server, server.startedIn().toMillis());
        lab.note(this, FIRST, server, firstEventAfter(server));
        for (int i = 0; i < REPLAYS; i++) {
          lab.note(this, LATER, server, firstEventAfter(server));
        }
      }
    }
  }

  private static Path fill(Lab lab) {
    Path file = temporary(lab.settings().directory()).resolve("allim.db");
    TimeOrderedIds ids = new TimeOrderedIds(Clock.systemUTC(), new SecureRandom());
    SqliteSettings settings = new SqliteSettings(file, Durability.MEMORY, Retention.unlimited(), 1);
    try (SqliteLog log = new SqliteLog(settings, Clock.systemUTC())) {
      for (int done = 0; done < NOTIFICATIONS; done += A_BATCH) {
        log.append(List.of(AppendRequest.of(batch(ids)))).toCompletableFuture().join();
      }
    }
    return file;
  }

  private static List<Notification> batch(TimeOrderedIds ids) {
    List<Notification> batch = new ArrayList<>(A_BATCH);
    for (int i = 0; i < A_BATCH; i++) {
      batch.add(Notification.of(ids.next(), new Topic("bench/" + i % TOPICS), "x".repeat(100)));
    }
    return batch;
  }

  private static Path temporary(Path parent) {
    try {
      return Files.createTempDirectory(parent, "bench-history");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Milliseconds from the request to the first byte of replayed data. */
  private static double firstEventAfter(Server server) {
    long asked = System.nanoTime();
    try (Socket socket = new Socket("127.0.0.1", server.target().port())) {
      String request = "GET /events/bench/7?since=earliest HTTP/1.1\r\nHost: hub\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      awaitData(socket.getInputStream());
      return (System.nanoTime() - asked) / 1e6;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void awaitData(InputStream in) throws IOException {
    StringBuilder seen = new StringBuilder();
    byte[] buffer = new byte[8192];
    while (seen.indexOf("\ndata: ") < 0) {
      seen.append(new String(buffer, 0, in.read(buffer), StandardCharsets.ISO_8859_1));
    }
  }
}
