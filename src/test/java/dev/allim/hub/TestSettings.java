package dev.allim.hub;

import dev.allim.hub.settings.HubSettings;
import dev.allim.hub.settings.SlowReaderPolicy;
import dev.allim.hub.settings.UnknownIdPolicy;
import java.time.Duration;
import java.util.Optional;

/** Settings of a hub under test: generous, but for what a test is about. */
public record TestSettings(
    int recentFrames,
    int recentBytes,
    int logged,
    SlowReaderPolicy slowReaders,
    UnknownIdPolicy unknownId,
    Optional<Duration> maxAge,
    int backlog) {
  static final Duration REAUTHENTICATE = Duration.ofSeconds(30);
  static final Duration HEARTBEAT = Duration.ofSeconds(15);
  static final Duration RETRY = Duration.ofSeconds(2);
  static final Duration WRITE_TIMEOUT = Duration.ofSeconds(10);

  public static final TestSettings DEFAULT =
      new TestSettings(
          1024,
          1024 * 1024,
          10_000,
          SlowReaderPolicy.DISCONNECT,
          UnknownIdPolicy.EARLIEST,
          Optional.empty(),
          1_000_000);

  /** The ring and the log both keep so many. */
  public TestSettings keeping(int count) {
    return new TestSettings(count, recentBytes, count, slowReaders, unknownId, maxAge, backlog);
  }

  TestSettings logging(int count) {
    return new TestSettings(
        recentFrames, recentBytes, count, slowReaders, unknownId, maxAge, backlog);
  }

  TestSettings keepingBytes(int bytes) {
    return new TestSettings(recentFrames, bytes, logged, slowReaders, unknownId, maxAge, backlog);
  }

  public TestSettings with(SlowReaderPolicy policy) {
    return new TestSettings(recentFrames, recentBytes, logged, policy, unknownId, maxAge, backlog);
  }

  public TestSettings with(UnknownIdPolicy policy) {
    return new TestSettings(
        recentFrames, recentBytes, logged, slowReaders, policy, maxAge, backlog);
  }

  TestSettings lasting(Duration age) {
    return new TestSettings(
        recentFrames, recentBytes, logged, slowReaders, unknownId, Optional.of(age), backlog);
  }

  TestSettings queueing(int notifications) {
    return new TestSettings(
        recentFrames, recentBytes, logged, slowReaders, unknownId, maxAge, notifications);
  }

  HubSettings toHubSettings() {
    return new HubSettings(
        recentFrames,
        recentBytes,
        slowReaders,
        unknownId,
        HEARTBEAT,
        RETRY,
        maxAge,
        WRITE_TIMEOUT,
        backlog,
        256 * 1024,
        Long.MAX_VALUE,
        REAUTHENTICATE);
  }
}
