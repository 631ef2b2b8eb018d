package dev.allim.log.redis;

import dev.allim.log.AppendRequest;
import dev.allim.log.AppendRequest.Entry;
import dev.allim.log.AppendRequest.Idempotency;
import dev.allim.log.append.DelayedNotification;
import dev.allim.log.append.IdempotencyRecord;
import dev.allim.log.append.SideRoom;
import dev.allim.notification.Accepted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Publications that one script appends: what it is told of them. Made by one thread. */
final class RedisPart {
  /** Of one script, during which Redis does nothing else: some milliseconds. */
  private static final int MOST_ENTRIES = 256;

  static final int MOST_CHARACTERS = 1 << 20;

  private final List<AppendRequest> requests = new ArrayList<>();
  private int entries;
  private long characters;

  /** As few as may be, in the order of {@code group}. */
  static List<RedisPart> of(List<AppendRequest> group) {
    List<RedisPart> parts = new ArrayList<>();
    RedisPart last = new RedisPart();
    for (AppendRequest request : group) {
      last.add(request);
      if (last.isFull()) {
        parts.add(last);
        last = new RedisPart();
      }
    }
    if (!last.requests.isEmpty()) {
      parts.add(last);
    }
    return parts;
  }

  private boolean isFull() {
    return entries >= MOST_ENTRIES || characters >= MOST_CHARACTERS;
  }

  private void add(AppendRequest request) {
    requests.add(request);
    entries += request.entries().size();
    for (Entry entry : request.entries()) {
      characters += entry.notification().characters();
    }
  }

  List<AppendRequest> requests() {
    return requests;
  }

  /** Adds what the script is told of them to what it is told anyway. */
  void putInto(List<Object> arguments) {
    arguments.add(requests.size());
    requests.forEach(request -> put(arguments, request));
  }

  private static void put(List<Object> arguments, AppendRequest request) {
    if (isPlain(request)) {
      arguments.add("");
      putFields(arguments, RedisForm.fieldsWithoutId(request.entries().get(0).notification()));
    } else {
      arguments.add("+");
      putInFull(arguments, request);
    }
  }

  /** As most are; the script has less to read and to decide then. */
  private static boolean isPlain(AppendRequest request) {
    return request.entries().size() == 1
        && request.idempotency().isEmpty()
        && request.entries().get(0).idempotency().isEmpty()
        && isSealed(request.entries().get(0));
  }

  private static void putFields(List<Object> arguments, List<String> fields) {
    arguments.add(fields.size());
    arguments.addAll(fields);
  }

  private static void putInFull(List<Object> arguments, AppendRequest request) {
    put(arguments, request.idempotency());
    arguments.add(request.entries().size());
    request.entries().forEach(entry -> put(arguments, entry));
  }

  private static void put(List<Object> arguments, Optional<Idempotency> idempotency) {
    arguments.add(idempotency.map(once -> once.key().text()).orElse(""));
    arguments.add(idempotency.map(Idempotency::fingerprint).orElse(""));
  }

  private static void put(List<Object> arguments, Entry entry) {
    boolean sealed = isSealed(entry);
    arguments.add(sealed ? "" : IdempotencyRecord.text(List.of(accepted(entry))));
    arguments.add(entry.deliverAt().map(at -> Long.toString(at.toEpochMilli())).orElse(""));
    arguments.add(entry.deliverAt().map(at -> room(entry, at)).orElse(0L));
    put(arguments, entry.idempotency());
    putFields(
        arguments,
        sealed
            ? RedisForm.fieldsWithoutId(entry.notification())
            : RedisForm.fields(entry.notification()));
  }

  /**
   * Whether it has the id of its position: it needs none now, and nobody was told one. One that
   * waits was, by which it can be taken back.
   */
  static boolean isSealed(Entry entry) {
    return !entry.idIsGiven() && entry.id().isMadeByHub() && entry.deliverAt().isEmpty();
  }

  private static long room(Entry entry, Instant at) {
    return SideRoom.of(new DelayedNotification(entry.notification(), at)).delayed();
  }

  /** What a publisher is told of one that has an id of its own. */
  static Accepted accepted(Entry entry) {
    return new Accepted(entry.id(), entry.deliverAt());
  }
}
