package dev.allim.hub;

import dev.allim.hub.settings.Bounds;
import dev.allim.hub.settings.HubSettings;
import dev.allim.hub.settings.SlowReaderPolicy;
import dev.allim.hub.settings.UnknownIdPolicy;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How streams behave and how much the hub keeps in memory for them. */
@ConfigMapping(prefix = "allim")
public interface HubConfig {
  /** Data is held in memory as a whole, in arrays. */
  int MOST_DATA = 1 << 30;

  /** One stream. */
  Stream stream();

  /** The ring of recent frames, from which readers catch up and resume. */
  Recent recent();

  /** How much of it all. */
  Limits limits();

  /**
   * What happens to a reader that both the ring and the history have moved past: {@code disconnect}
   * ends its stream, so that it resumes by its last id; {@code skip} goes on with the oldest that
   * is left and says so by a {@code gap} event; {@code conflate} is like skip, and of what has a
   * key delivers only the newest when a reader catches up.
   */
  @WithDefault("disconnect")
  SlowReaderPolicy slowReaders();

  /**
   * Where a reader goes on whose last id the hub does not know: {@code earliest}, with the oldest
   * that is kept, or {@code live}. A {@code gap} event tells it in either case.
   */
  @WithDefault("earliest")
  UnknownIdPolicy unknownId();

  /** One stream. */
  interface Stream {
    /**
     * Silence after which a comment is sent: below the 30 s after which proxies and phones drop a
     * connection.
     */
    @WithDefault("15s")
    Duration heartbeat();

    /**
     * About how long a browser waits before it reconnects; each gets another value, between half
     * and 1.5 times.
     */
    @WithDefault("2s")
    Duration retry();

    /**
     * How long a stream may last, so that readers spread over new machines; each ends up to a tenth
     * earlier.
     */
    Optional<Duration> maxAge();

    /**
     * How long before its token ends a stream is told so by an event {@code reauthenticate}, so
     * that its page can get another; 0 for never.
     */
    @WithDefault("30s")
    Duration reauthenticate();

    /** How long a socket may take nothing of what waits for it before the stream is given up. */
    @WithDefault("10s")
    Duration writeTimeout();
  }

  /** The ring of recent frames. */
  interface Recent {
    /** Recent events in memory, at most: readers that fall behind or come back read from here. */
    @WithDefault("16384")
    int count();

    /** Bytes of recent events in memory, at most, whatever their number. */
    @WithDefault("16M")
    MemorySize size();
  }

  /** How much of it all. */
  interface Limits {
    /** Streams in all; 0 for no limit. The default keeps a small machine's memory. */
    @WithDefault("100000")
    int streams();

    /**
     * Streams from one client address; 0 for no limit, as behind a proxy all may seem to come from
     * one.
     */
    @WithDefault("0")
    int streamsPerAddress();

    /**
     * Bytes that were read of the history, for streams and for pages, and that their readers have
     * not taken yet. Who wants more waits, and those that have held the most for the longest are
     * ended, streams so that they resume. By default an eighth of the heap.
     */
    Optional<MemorySize> onTheirWay();

    /** What {@link #onTheirWay} says, or the default of this machine. */
    default long bytesOnTheirWay() {
      return onTheirWay().map(MemorySize::asLongValue).orElse(Runtime.getRuntime().maxMemory() / 8);
    }

    /**
     * Bytes of one notification's data as UTF-8: it is held in the ring and sent to every reader.
     */
    @WithDefault("256K")
    MemorySize data();

    /** Notifications that may wait to be handed on before publishers are answered 503. */
    @WithDefault("100000")
    int backlog();

    /**
     * How long the head of a request may take to come, the first one from the beginning of its
     * connection on; then the connection is closed.
     */
    @WithDefault("15s")
    Duration headTime();
  }

  /**
   * The same, checked.
   *
   * @throws IllegalArgumentException if it cannot work; names the key
   */
  default HubSettings settings() {
    long ringBytes = recent().size().asLongValue();
    Bounds.check("allim.recent.size", ringBytes, 1, Integer.MAX_VALUE, "the ring is in memory");
    long data = limits().data().asLongValue();
    Bounds.check("allim.limits.data", data, 1, MOST_DATA, "data is held in the ring");
    Bounds.check("allim.limits.streams", limits().streams(), 0, Integer.MAX_VALUE, "0 is no limit");
    Bounds.check(
        "allim.limits.streams-per-address",
        limits().streamsPerAddress(),
        0,
        Integer.MAX_VALUE,
        "0 is no limit");
    Bounds.check(
        "allim.limits.on-their-way",
        limits().bytesOnTheirWay(),
        1,
        Long.MAX_VALUE,
        "nothing could be read");
    return new HubSettings(
        recent().count(),
        (int) ringBytes,
        slowReaders(),
        unknownId(),
        stream().heartbeat(),
        stream().retry(),
        stream().maxAge(),
        stream().writeTimeout(),
        limits().backlog(),
        (int) data,
        limits().bytesOnTheirWay(),
        stream().reauthenticate());
  }
}
