package dev.allim.hub.settings;

import java.time.Duration;
import java.util.Optional;

/**
 * What the engine has to know of the configuration, checked.
 *
 * @param recentFrames how many frames the ring keeps
 * @param recentBytes how many bytes of events the ring keeps
 * @param slowReaders what happens to a reader that the ring has moved past
 * @param unknownId where a reader goes on whose last id is not known
 * @param heartbeat silence after which a comment is sent
 * @param retry about how long a reader waits before it reconnects
 * @param maxAge how long a stream may last
 * @param writeTimeout how long a socket may take nothing
 * @param backlog notifications that may wait for a lane before publishers are asked to come back
 *     later
 * @param mostData bytes of data that one notification may have
 * @param largeEvents bytes of large events that may be on their way to the log at once
 * @param reauthenticate how long before its grant runs out a stream is told so; 0 for never
 */
public record HubSettings(
    int recentFrames,
    int recentBytes,
    SlowReaderPolicy slowReaders,
    UnknownIdPolicy unknownId,
    Duration heartbeat,
    Duration retry,
    Optional<Duration> maxAge,
    Duration writeTimeout,
    int backlog,
    int mostData,
    long largeEvents,
    Duration reauthenticate) {
  /**
   * How often the hub looks for heartbeats, stalled and aged streams, and a log that could not be
   * written.
   */
  public static final Duration TICK = Duration.ofSeconds(1);

  private static final Duration NONE = Duration.ZERO;
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration YEAR = Duration.ofDays(366);
  private static final int MOST_FRAMES = 1 << 24;

  /** Refuses what cannot work, by the name of its key. */
  public HubSettings {
    Bounds.check(
        "allim.recent.count",
        recentFrames,
        1,
        MOST_FRAMES,
        "every lane has an array of this length");
    Bounds.check(
        "allim.recent.size", recentBytes, 1, Integer.MAX_VALUE, "the newest frame is always kept");
    Bounds.check(
        "allim.stream.heartbeat",
        heartbeat,
        SHORTEST,
        HOUR,
        "silent connections are cut by others");
    Bounds.check("allim.stream.retry", retry, NONE, HOUR, "readers wait this long to come back");
    Bounds.check(
        "allim.stream.write-timeout", writeTimeout, SHORTEST, HOUR, "a dead socket holds memory");
    Bounds.check(
        "allim.limits.backlog", backlog, 0, Integer.MAX_VALUE, "what waits is held in memory");
    Bounds.check(
        "allim.stream.reauthenticate", reauthenticate, NONE, HOUR, "tokens last about as long");
    maxAge.ifPresent(
        age ->
            Bounds.check(
                "allim.stream.max-age",
                age,
                SHORTEST,
                YEAR,
                "a stream must be able to say something"));
  }
}
