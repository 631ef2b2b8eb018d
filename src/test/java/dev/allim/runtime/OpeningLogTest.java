package dev.allim.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allim.log.LogEngine;
import dev.allim.log.LogUnavailableException;
import dev.allim.log.append.SideRoom;
import dev.allim.log.retention.Retention;
import dev.allim.log.sqlite.SqliteLog;
import dev.allim.log.sqlite.file.Durability;
import dev.allim.log.sqlite.file.SqliteSettings;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpeningLogTest {
  private static final LogUnavailableException FAULT = new LogUnavailableException("no disk");

  private final List<Thread> openedBy = new ArrayList<>();

  @TempDir Path directory;

  private LogEngine open() {
    openedBy.add(Thread.currentThread());
    return new SqliteLog(
        new SqliteSettings(
            directory.resolve("allim.db"),
            Durability.MEMORY,
            new Retention(List.of(), 1L << 30),
            new SideRoom(1L << 20, 1L << 20),
            SqliteSettings.READERS),
        Clock.systemUTC());
  }

  private static OpeningLog begun(Callable<LogEngine> opener) {
    OpeningLog opening = new OpeningLog(true, opener);
    opening.accept(new VertxOptions());
    return opening;
  }

  @Test
  void itIsOpenedOnceAndByAnother() {
    OpeningLog opening = begun(this::open);

    try (LogEngine log = opening.take()) {
      assertThat(opening.take()).isSameAs(log);
    }

    assertThat(openedBy).hasSize(1).doesNotContain(Thread.currentThread());
  }

  @Test
  void whatIsNotOpenedAheadIsOpenedByWhoTakesIt() {
    OpeningLog opening = new OpeningLog(false, this::open);
    opening.accept(new VertxOptions());

    opening.take().close();

    assertThat(openedBy).containsExactly(Thread.currentThread());
  }

  @Test
  void itsFaultIsThatOfWhoTakesIt() {
    OpeningLog opening = begun(OpeningLogTest::fail);

    assertThatThrownBy(opening::take).isSameAs(FAULT);
    assertThatThrownBy(opening::take).isSameAs(FAULT);
  }

  private static LogEngine fail() {
    throw FAULT;
  }

  @Test
  void aStartThatFailsElsewhereLeavesTheFileToTheNext() {
    begun(this::open).close();

    assertThatCode(() -> open().close()).doesNotThrowAnyException();
    assertThat(openedBy).hasSize(2);
  }

  @Test
  void whatWasTakenIsTheTakersToClose() {
    OpeningLog opening = begun(this::open);

    try (LogEngine log = opening.take()) {
      opening.close();

      assertThat(log.status().writable()).isTrue();
    }
  }

  @Test
  void whatCouldNotBeOpenedNeedNotBeClosed() {
    assertThatCode(begun(OpeningLogTest::fail)::close).doesNotThrowAnyException();
    assertThatCode(new OpeningLog(true, OpeningLogTest::fail)::close).doesNotThrowAnyException();
  }
}
