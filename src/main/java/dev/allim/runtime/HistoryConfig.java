package dev.allim.runtime;

import dev.allim.hub.settings.Bounds;
import dev.allim.log.append.SideRoom;
import dev.allim.log.retention.Retention;
import dev.allim.log.retention.RetentionRule;
import dev.allim.log.sqlite.file.Durability;
import dev.allim.topic.TopicMatcher;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What is kept of what was published, where, and for how long. */
@ConfigMapping(prefix = "allim.history")
public interface HistoryConfig {
  /** Longer than any disk needs for a commit that others could join. */
  Duration LONGEST_COMMIT_DELAY = Duration.ofMillis(100);

  /** Whether it is kept; if not, the newest stays in memory until the program ends. */
  @WithDefault("true")
  boolean enabled();

  /**
   * What keeps it: {@code sqlite}, one file for one program; {@code memory}, nothing beyond the end
   * of the program; {@code redis}, one log for many machines, at {@code quarkus.redis.hosts}, which
   * has to be set then.
   */
  @WithDefault("sqlite")
  HistoryEngine engine();

  /**
   * The file. It wants a directory of its own, which is made if it is missing, as others stand
   * beside it: in a container this is the directory to mount.
   */
  @WithDefault("data/allim.db")
  Path path();

  /**
   * {@code disk}: a publish is answered once it is on the disk, and survives a power cut. {@code
   * memory}: once the operating system has it; it survives the end of the program, but a power cut
   * may take the last moments.
   */
  @WithDefault("disk")
  Durability durability();

  /**
   * How long the next commit to the file waits at most, where publishers are at it together, for as
   * many of them as there lately were: 64 who wait for their answers publish a tenth more so. One
   * publisher who waits for each answer is never kept waiting. 0 for no wait, at most 100 ms.
   */
  @WithDefault("PT0.0003S")
  Duration commitDelay();

  /**
   * How old anything becomes that no rule is for: over a long weekend a reader misses nothing, and
   * personal data does not stay for ever. Empty for no limit of age.
   */
  @WithDefault("7d")
  Optional<Duration> maxAge();

  /**
   * How large the whole becomes before the oldest goes, whatever the rules say: about two million
   * notifications of 100 bytes. Publishers that are faster than sweeping are refused when it is a
   * quarter and 16 MiB above; the write-ahead log beside it takes up to 64 MiB.
   */
  @WithDefault("1G")
  MemorySize maxSize();

  /**
   * How much notifications that wait for their time may take together, beside the history: some
   * hundred of the largest or a hundred thousand small ones. Who would exceed it is answered 507.
   */
  @WithDefault("64M")
  MemorySize delayedSize();

  /**
   * How much idempotency keys may take together, beside the history, each for a day: about a
   * hundred thousand. Who would exceed it is answered 507.
   */
  @WithDefault("64M")
  MemorySize keysSize();

  /** How often what is not kept any more is looked for. */
  @WithDefault("5s")
  Duration sweepEvery();

  /** Rules for some topics; the first that matches the canonical topic counts. */
  List<Rule> retention();

  /** How much is kept in memory while {@link #enabled} is off, or {@link #engine} says so. */
  Memory memory();

  /** How it is kept in Redis. */
  Redis redis();

  /** A rule; what it leaves out is not limited by it. */
  interface Rule {
    /** As subscribers write it: a topic, a template such as {@code orders/{id}}, or {@code *}. */
    String topic();

    /** How old. */
    Optional<Duration> maxAge();

    /** How many of them, of all topics that match together. */
    OptionalLong maxCount();

    /** How many bytes of them, counting ids, topics and data. */
    Optional<MemorySize> maxSize();

    /** The same, checked. */
    default RetentionRule rule() {
      return new RetentionRule(
          TopicMatcher.parse(topic()),
          maxAge(),
          maxCount(),
          maxSize().stream().mapToLong(MemorySize::asLongValue).findFirst());
    }
  }

  /** Bounds of what is kept in memory. */
  interface Memory {
    /** Notifications. */
    @WithDefault("16384")
    int count();

    /** Bytes of their data, about. */
    @WithDefault("16M")
    MemorySize size();
  }

  /** The log in Redis. */
  interface Redis {
    /**
     * What its keys begin with, in braces, so that a cluster keeps them together. Programs with the
     * same name share one log; others can have theirs in the same Redis.
     */
    @WithDefault("allim")
    String name();

    /**
     * How many replicas have a notification before its publisher is answered ({@code WAIT}). With 0
     * a failover may lose what was answered in the last moments; readers are told of a gap then.
     */
    @WithDefault("0")
    int minReplicas();

    /**
     * How long an answer is waited for before Redis counts as gone: publishers are answered 503 at
     * once then, until it is back.
     */
    @WithDefault("2s")
    Duration patience();

    /**
     * How long Redis may be gone, or this node behind it, before the node says that it is not
     * ready: longer than a failover, as all nodes turn unready with it.
     */
    @WithDefault("10s")
    Duration grace();
  }

  /** What keeps it, as both keys say. */
  default HistoryEngine keptBy() {
    return enabled() ? engine() : HistoryEngine.MEMORY;
  }

  /**
   * How long its writer waits for others, which is worth it only where it waits for a disk.
   *
   * @throws IllegalArgumentException if what is configured cannot be
   */
  default Duration pause() {
    Bounds.check(
        "allim.history.commit-delay",
        commitDelay(),
        Duration.ZERO,
        LONGEST_COMMIT_DELAY,
        "publishers wait that long for their answers");
    return keptBy() == HistoryEngine.SQLITE ? commitDelay() : Duration.ZERO;
  }

  /** The room for what is kept beside the history. */
  default SideRoom beside() {
    return new SideRoom(delayedSize().asLongValue(), keysSize().asLongValue());
  }

  /** The rules in their order, the one for all the rest last, and the cap. */
  default Retention keep() {
    List<RetentionRule> rules = new ArrayList<>();
    retention().forEach(rule -> rules.add(rule.rule()));
    maxAge().ifPresent(age -> rules.add(RetentionRule.age(new TopicMatcher.Unrestricted(), age)));
    return new Retention(rules, maxSize().asLongValue());
  }
}
