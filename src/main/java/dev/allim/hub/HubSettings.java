package dev.allim.hub;

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
    int backlog) {}
