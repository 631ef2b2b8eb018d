package dev.allim.log.redis;

import dev.allim.log.LogUnavailableException;
import dev.allim.log.Places;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What this program knows of the log without asking: as of the last answer of any script, and up to
 * where it has been heard. Any thread.
 */
final class RedisStanding {
  /** The epoch, and what {@link Figures} have. */
  private static final List<String> WATCHED =
      List.of("epoch", "turn", "head", "count", "bytes", "doubts", "nextdue");

  private final Milestones told = new Milestones();
  private final Milestones news = new Milestones();
  private volatile Figures figures = new Figures(-1, 0, 0, 0, false, Optional.empty());
  private volatile long heard;
  private volatile String epoch = "";
  private volatile Optional<String> placesKey = Optional.empty();
  private volatile Optional<Places> places = Optional.empty();
  private volatile Optional<SealedIds> ids = Optional.empty();

  /**
   * Of one moment.
   *
   * @param turn grows with every change
   * @param head the newest position
   * @param count of what is kept
   * @param bytes of it
   * @param doubts whether any id may have been another's before
   * @param due when the next is due that waits
   */
  record Figures(
      long turn, long head, long count, long bytes, boolean doubts, Optional<Instant> due) {
    /** In this order, from {@code first} on. */
    static Figures of(Response standing, int first) {
      String due = RedisForm.text(standing.get(first + 5));
      return new Figures(
          number(standing, first),
          number(standing, first + 1),
          number(standing, first + 2),
          number(standing, first + 3),
          number(standing, first + 4) > 0,
          due.isEmpty()
              ? Optional.empty()
              : Optional.of(Instant.ofEpochMilli(Long.parseLong(due))));
    }
  }

  static long number(Response list, int index) {
    return number(list.get(index));
  }

  static long number(Response answer) {
    Long number = answer.toLong();
    if (number == null) {
      throw new IllegalStateException("Redis answers no number");
    }
    return number;
  }

  Figures figures() {
    return figures;
  }

  /** A script says how the log stood when it ran; others may have run since. */
  synchronized void update(Response standing) {
    update(Figures.of(standing, 0));
  }

  private void update(Figures then) {
    if (then.turn() >= figures.turn()) {
      figures = then;
    }
  }

  /** Asks how the log stands, and which it is, without a script; see {@link #watched}. */
  static Request watch(RedisSettings settings) {
    Request watch = Request.cmd(Command.HMGET).arg(settings.meta());
    WATCHED.forEach(watch::arg);
    return watch;
  }

  /** The answer to that. */
  synchronized void watched(Response fields) {
    Response now = fields.get(0);
    if (now == null || !RedisForm.text(now).equals(epoch)) {
      throw new LogUnavailableException("The log is not the one that was opened.");
    }
    update(Figures.of(fields, 1));
  }

  /** The log was opened; it may be another one than before. */
  synchronized void opened(String newEpoch, String key, Response standing, RandomGenerator random) {
    if (!placesKey.equals(Optional.of(key))) {
      byte[] bytes = Base64.getDecoder().decode(key);
      placesKey = Optional.of(key);
      places = Optional.of(new Places(bytes, random));
      ids = Optional.of(new SealedIds(bytes));
    }
    epoch = newEpoch;
    figures = Figures.of(standing, 0);
  }

  /** That of the places of the log, if any was opened yet. */
  Optional<String> placesKey() {
    return placesKey;
  }

  String epoch() {
    return epoch;
  }

  Places places() {
    return places.orElseThrow();
  }

  /** The ids that are positions. */
  SealedIds ids() {
    return ids.orElseThrow();
  }

  // ---- up to where it was heard

  long heard() {
    return heard;
  }

  /** The thread that follows: whoever follows is about to hear of all up to there. */
  void hear(long position) {
    heard = position;
  }

  /** Up to where the log was told to those who follow. */
  Milestones told() {
    return told;
  }

  /** Up to where what is told beside it was. */
  Milestones news() {
    return news;
  }

  /** Whether anybody follows: while nobody does, what is kept is kept, and told later. */
  void follows(boolean someone) {
    told.moves(someone);
    news.moves(someone);
  }

  /** How many positions the log is ahead of what was heard. */
  long lag() {
    return Math.max(0, figures.head() - heard);
  }
}
