package dev.allim.log.redis;

import dev.allim.log.LogRecord;
import dev.allim.log.Page;
import dev.allim.log.PageLimit;
import dev.allim.log.Snapshot;
import dev.allim.topic.TopicFilter;
import io.vertx.redis.client.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The state in Redis. Of each topic and key the newest is known there, and each entry knows the one
 * before it: so what is newest of what a subscriber may have, and of use, is found by going back.
 */
final class RedisSnapshot implements Snapshot {
  /** What one script looks up. */
  private static final int AT_ONCE = 256;

  private static final int AT_ONCE_OF_A_PAGE = 32;

  private final RedisReader reader;
  private final RedisStanding standing;
  private final Clock clock;
  private final TopicFilter filter;
  private final long upTo;
  private Optional<NavigableSet<Long>> found = Optional.empty();

  RedisSnapshot(
      RedisReader reader, RedisStanding standing, Clock clock, TopicFilter filter, long upTo) {
    this.reader = reader;
    this.standing = standing;
    this.clock = clock;
    this.filter = filter;
    this.upTo = upTo;
  }

  // ---- a page

  @Override
  public Page read(long after, int most, int mostBytes) {
    PageLimit page = new PageLimit(clock.instant(), most, mostBytes);
    List<Long> rest = List.copyOf(positions().tailSet(after, false));
    long last = after;
    for (int from = 0; from < rest.size(); from += AT_ONCE_OF_A_PAGE) {
      List<Long> some = rest.subList(from, Math.min(rest.size(), from + AT_ONCE_OF_A_PAGE));
      for (Response entry : entries(some)) {
        if (page.isFull()) {
          return new Page(page.items(), last, false);
        }
        last = RedisStanding.number(entry, 0);
        if (entry.get(1).size() > 0) {
          page.add(RedisForm.entry(entry, standing.ids()).record());
        }
      }
    }
    return new Page(page.items(), upTo, true);
  }

  private NavigableSet<Long> positions() {
    NavigableSet<Long> positions =
        found.orElseGet(() -> new TreeSet<>(newest(candidates()).values()));
    found = Optional.of(positions);
    return positions;
  }

  private Response entries(List<Long> positions) {
    List<Object> arguments = new ArrayList<>();
    arguments.add(standing.epoch());
    arguments.addAll(positions);
    return reader.run(RedisScript.ENTRIES, arguments.toArray());
  }

  // ---- what may be part of it

  /** Topics and keys that may have something asked for, each with the position of its newest. */
  private Map<String, Long> candidates() {
    Map<String, Long> candidates = new HashMap<>();
    scan("latest", name -> filter.wants(List.of(RedisForm.topic(name)), steps -> {}), candidates);
    // those with other topics than the canonical one may be asked for by these
    scan("alt", name -> true, candidates);
    return candidates;
  }

  private void scan(
      String where, java.util.function.Predicate<String> wanted, Map<String, Long> into) {
    String cursor = "0";
    do {
      Response answer = reader.run(RedisScript.NEWEST, standing.epoch(), cursor, where);
      take(answer.get(1), wanted, into);
      cursor = RedisForm.text(answer.get(0));
    } while (!cursor.equals("0"));
  }

  private static void take(
      Response flat, java.util.function.Predicate<String> wanted, Map<String, Long> into) {
    for (int i = 0; i + 1 < flat.size(); i += 2) {
      String name = RedisForm.text(flat.get(i));
      if (wanted.test(name)) {
        into.put(name, RedisStanding.number(flat, i + 1));
      }
    }
  }

  // ---- the newest of each

  /** Goes back from each position to the newest that is asked for, of use, and of the moment. */
  private Map<String, Long> newest(Map<String, Long> from) {
    Instant now = clock.instant();
    Map<String, Long> newest = new HashMap<>();
    Map<String, Long> open = new HashMap<>(from);
    while (!open.isEmpty()) {
      Map<String, Long> further = new HashMap<>();
      List<String> names = List.copyOf(open.keySet());
      for (int i = 0; i < names.size(); i += AT_ONCE) {
        List<String> some = names.subList(i, Math.min(names.size(), i + AT_ONCE));
        Response entries = entries(some.stream().map(open::get).toList());
        for (int j = 0; j < some.size(); j++) {
          judge(some.get(j), entries.get(j), now, newest, further);
        }
      }
      open = further;
    }
    return newest;
  }

  private void judge(
      String name,
      Response entry,
      Instant now,
      Map<String, Long> newest,
      Map<String, Long> further) {
    long before;
    if (entry.get(1).size() == 0) {
      before = RedisStanding.number(entry, 2);
    } else {
      RedisForm.Entry found = RedisForm.entry(entry, standing.ids());
      if (isPart(found.record(), now)) {
        newest.put(name, found.record().position());
        return;
      }
      before = found.before();
    }
    if (before > 0) {
      further.put(name, before);
    }
  }

  private boolean isPart(LogRecord record, Instant now) {
    return record.position() <= upTo
        && !record.notification().expiredAt(now)
        && filter.admits(record.notification());
  }

  /** Those of {@code items} that are part of it. */
  List<LogRecord> of(List<LogRecord> items) {
    if (items.isEmpty()) {
      return items;
    }
    List<Object> arguments = new ArrayList<>(List.of(standing.epoch(), "0", "named"));
    Set<String> names = new HashSet<>();
    items.forEach(item -> names.add(RedisForm.series(item.notification())));
    arguments.addAll(names);
    Map<String, Long> heads = new HashMap<>();
    take(reader.run(RedisScript.NEWEST, arguments.toArray()).get(1), name -> true, heads);
    heads.values().removeIf(position -> position == 0);
    Set<Long> current = new HashSet<>(newest(heads).values());
    return items.stream().filter(item -> current.contains(item.position())).toList();
  }
}
