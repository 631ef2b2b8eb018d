package dev.allim.hub;

import java.time.Duration;
import java.util.Optional;

/** Settings of a hub under test: generous, but for what a test is about. */
record TestSettings(
    int recentFrames,
    int recentBytes,
    SlowReaderPolicy slowReaders,
    Optional<Duration> maxAge,
    int backlog) {
  static final Duration HEARTBEAT = Duration.ofSeconds(15);
  static final Duration RETRY = Duration.ofSeconds(2);
  static final Duration WRITE_TIMEOUT = Duration.ofSeconds(10);

  static final TestSettings DEFAULT =
      new TestSettings(1024, 1024 * 1024, SlowReaderPolicy.DISCONNECT, Optional.empty(), 1_000_000);

  TestSettings keeping(int frames) {
    return new TestSettings(frames, recentBytes, slowReaders, maxAge, backlog);
  }

  TestSettings keepingBytes(int bytes) {
    return new TestSettings(recentFrames, bytes, slowReaders, maxAge, backlog);
  }

  TestSettings with(SlowReaderPolicy policy) {
    return new TestSettings(recentFrames, recentBytes, policy, maxAge, backlog);
  }

  TestSettings lasting(Duration age) {
    return new TestSettings(recentFrames, recentBytes, slowReaders, Optional.of(age), backlog);
  }

  TestSettings queueing(int notifications) {
    return new TestSettings(recentFrames, recentBytes, slowReaders, maxAge, notifications);
  }

  HubSettings toHubSettings() {
    return new HubSettings(
        recentFrames, recentBytes, slowReaders, HEARTBEAT, RETRY, maxAge, WRITE_TIMEOUT, backlog);
  }
}
