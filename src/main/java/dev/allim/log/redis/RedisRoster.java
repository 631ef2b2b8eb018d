package dev.allim.log.redis;

import dev.allim.log.SharedRoster;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A sorted set for each node, of {@code id text} in the order of ids, so that a page is found
 * without looking at the others; it expires when its node tells nothing any more. A hash counts
 * what each has told: whoever finds another number than it knows has lost something. Any thread;
 * blocks.
 */
final class RedisRoster implements SharedRoster {
  /** How long what a node has told outlives it. */
  static final Duration ALIVE = Duration.ofSeconds(10);

  /** Changes that Redis is given at once. */
  private static final int A_BATCH = 500;

  /** Stands before every id, and keeps the set of a node where nothing is. */
  private static final String NOTHING = "";

  private final Redis redis;
  private final RedisSettings settings;
  private final Duration alive;
  private final Runnable check;
  private final Map<String, Long> told = new ConcurrentHashMap<>();

  /**
   * In the Redis of a log.
   *
   * @param alive how long what a node has told outlives it
   * @param check throws while Redis is gone, so that nothing is tried
   */
  RedisRoster(Redis redis, RedisSettings settings, Duration alive, Runnable check) {
    this.redis = redis;
    this.settings = settings;
    this.alive = alive;
    this.check = check;
  }

  private String nodes() {
    return settings.base() + "nodes";
  }

  private String entries(String node) {
    return settings.base() + "node:" + node;
  }

  @Override
  public boolean tell(String node, Collection<String> gone, Collection<Entry> here) {
    if (!begin(node)) {
      forget(node);
      return false;
    }
    List<Request> changes = new ArrayList<>();
    gone.forEach(id -> changes.add(without(node, id)));
    for (Entry entry : here) {
      changes.add(without(node, entry.id()));
      changes.add(add(node, entry.id() + " " + entry.text()));
    }
    for (int from = 0; from < changes.size(); from += A_BATCH) {
      ask(changes.subList(from, Math.min(changes.size(), from + A_BATCH)));
    }
    return true;
  }

  /** Says that it lives; whether all is there that it has told. */
  private boolean begin(String node) {
    long before = told.getOrDefault(node, 0L);
    told.remove(node); // until this is known to be told
    List<Response> answers =
        ask(
            List.of(
                Request.cmd(Command.ZSCORE).arg(entries(node)).arg(NOTHING),
                add(node, NOTHING),
                Request.cmd(Command.PEXPIRE).arg(entries(node)).arg(alive.toMillis()),
                Request.cmd(Command.HINCRBY).arg(nodes()).arg(node).arg(1)));
    boolean isThere = answers.get(0) != null;
    long count = Long.parseLong(answers.get(3).toString());
    boolean whole = count == before + 1 && (isThere || before == 0);
    told.put(node, before + 1);
    return whole;
  }

  private Request add(String node, String member) {
    return Request.cmd(Command.ZADD).arg(entries(node)).arg(0).arg(member);
  }

  private Request without(String node, String id) {
    return Request.cmd(Command.ZREMRANGEBYLEX)
        .arg(entries(node))
        .arg("[" + id + " ")
        .arg("(" + id + "!");
  }

  @Override
  public void forget(String node) {
    told.remove(node);
    ask(
        List.of(
            Request.cmd(Command.DEL).arg(entries(node)),
            Request.cmd(Command.HDEL).arg(nodes()).arg(node)));
  }

  @Override
  public List<Entry> others(String node, String after, int most) {
    List<String> others = new ArrayList<>();
    Response all = ask(List.of(Request.cmd(Command.HKEYS).arg(nodes()))).get(0);
    all.forEach(one -> others.add(RedisForm.text(one)));
    others.remove(node);
    TreeMap<String, String> first = new TreeMap<>();
    for (String other : others) {
      first.putAll(behind(other, after, most));
    }
    return first.entrySet().stream()
        .limit(most)
        .map(entry -> new Entry(entry.getKey(), entry.getValue()))
        .toList();
  }

  private Map<String, String> behind(String node, String after, int most) {
    List<Response> answers =
        ask(
            List.of(
                Request.cmd(Command.ZSCORE).arg(entries(node)).arg(NOTHING),
                Request.cmd(Command.ZRANGE)
                    .arg(entries(node))
                    .arg(after.isEmpty() ? "(" : "(" + after + "!")
                    .arg("+")
                    .arg("BYLEX")
                    .arg("LIMIT")
                    .arg(0)
                    .arg(most)));
    if (answers.get(0) == null) {
      // it has ended; one that has not tells everything anew
      ask(List.of(Request.cmd(Command.HDEL).arg(nodes()).arg(node)));
    }
    Map<String, String> found = new HashMap<>();
    for (Response member : answers.get(1)) {
      String text = RedisForm.text(member);
      int space = text.indexOf(' ');
      found.put(text.substring(0, space), text.substring(space + 1));
    }
    return found;
  }

  private List<Response> ask(List<Request> requests) {
    check.run();
    return RedisFaults.await(
        redis.batch(requests).toCompletionStage().toCompletableFuture(), settings.patience());
  }
}
