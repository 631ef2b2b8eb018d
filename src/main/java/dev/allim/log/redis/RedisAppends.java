package dev.allim.log.redis;

import dev.allim.log.AppendRequest;
import dev.allim.log.AppendRequest.Entry;
import dev.allim.log.AppendRequest.Idempotency;
import dev.allim.log.AppendResult;
import dev.allim.log.DelayedNotification;
import dev.allim.log.IdempotencyKey;
import dev.allim.log.IdempotencyRecord;
import dev.allim.log.LogTime;
import dev.allim.log.LogUnavailableException;
import dev.allim.log.SideRoom;
import dev.allim.notification.Accepted;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * The way into the log: a group goes out as few scripts behind each other, and is answered when
 * those who follow have heard of it. One caller at a time.
 */
final class RedisAppends {
  private static final Duration KEYS_ARE_KEPT = Duration.ofHours(24);

  /** Of one script, during which Redis does nothing else: some milliseconds. */
  private static final int ENTRIES_A_SCRIPT = 256;

  static final int CHARACTERS_A_SCRIPT = 1 << 20;

  /** What is answered of one whose id is its position begins so, which no given id does. */
  private static final String POSITION = "#";

  private final RedisSettings settings;
  private final RedisFollower follower;
  private final RedisStanding standing;
  private final Clock clock;

  RedisAppends(
      RedisSettings settings, RedisFollower follower, RedisStanding standing, Clock clock) {
    this.settings = settings;
    this.follower = follower;
    this.standing = standing;
    this.clock = clock;
  }

  /** Publications that one script appends. */
  private static final class Part {
    private final List<AppendRequest> requests = new ArrayList<>();
    private int entries;
    private long characters;

    boolean isFull() {
      return entries >= ENTRIES_A_SCRIPT || characters >= CHARACTERS_A_SCRIPT;
    }

    void add(AppendRequest request) {
      requests.add(request);
      entries += request.entries().size();
      for (Entry entry : request.entries()) {
        characters += entry.notification().characters();
      }
    }
  }

  CompletionStage<List<AppendResult>> append(List<AppendRequest> group) {
    if (group.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    RedisSession session = follower.session();
    List<CompletableFuture<List<AppendResult>>> answers = new ArrayList<>();
    for (Part part : parts(group)) {
      answers.add(append(session, part));
    }
    CompletableFuture<List<AppendResult>> all =
        CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
            .thenApply(done -> answers.stream().flatMap(each -> each.join().stream()).toList());
    return settled(session, all, answers.size() > 1).thenCompose(this::whenTold);
  }

  private static List<Part> parts(List<AppendRequest> group) {
    List<Part> parts = new ArrayList<>();
    Part last = new Part();
    for (AppendRequest request : group) {
      last.add(request);
      if (last.isFull()) {
        parts.add(last);
        last = new Part();
      }
    }
    if (!last.requests.isEmpty()) {
      parts.add(last);
    }
    return parts;
  }

  private CompletionStage<List<AppendResult>> whenTold(List<AppendResult> results) {
    long upTo = 0;
    for (AppendResult result : results) {
      if (result instanceof AppendResult.Appended appended) {
        upTo = Math.max(upTo, appended.upTo());
      }
    }
    return standing.told().when(upTo).thenApply(told -> results);
  }

  private CompletableFuture<List<AppendResult>> append(RedisSession session, Part part) {
    Instant now = clock.instant();
    List<Object> arguments = new ArrayList<>();
    arguments.add(standing.epoch());
    arguments.add(now.toEpochMilli());
    arguments.add(plausible(now));
    arguments.add(settings.refusedAbove());
    arguments.add(settings.beside().delayed());
    arguments.add(settings.beside().keys());
    arguments.add(now.plus(KEYS_ARE_KEPT).toEpochMilli());
    arguments.add(part.requests.size());
    part.requests.forEach(request -> put(arguments, request));
    CompletableFuture<Response> answer = session.append(RedisScript.APPEND, arguments.toArray());
    CompletableFuture<Void> replicated = replicated(session);
    return answer.thenCombine(
        replicated,
        (found, done) -> {
          standing.update(found.get(0));
          return results(part.requests, found.get(1));
        });
  }

  /** What a script is told of a clock: whether it is right enough to find others wrong. */
  static String plausible(Instant now) {
    return LogTime.isPlausible(now) ? "1" : "0";
  }

  private CompletableFuture<Void> replicated(RedisSession session) {
    if (settings.minReplicas() == 0) {
      return CompletableFuture.completedFuture(null);
    }
    Request wait =
        Request.cmd(Command.WAIT)
            .arg(settings.minReplicas())
            .arg(settings.patience().toMillis() / 2);
    return session.append(wait).thenAccept(this::requireReplicas).toCompletableFuture();
  }

  private void requireReplicas(Response answer) {
    String kept = answer.toString();
    if (Long.parseLong(kept) < settings.minReplicas()) {
      throw new LogUnavailableException(
          "It is kept by %s replicas of Redis, and not by %d as allim.history.redis.min-replicas"
                  .formatted(kept, settings.minReplicas())
              + " asks for.");
    }
  }

  // ---- what is asked for

  private static void put(List<Object> arguments, AppendRequest request) {
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
    List<String> fields =
        sealed
            ? RedisForm.fieldsWithoutId(entry.notification())
            : RedisForm.fields(entry.notification());
    arguments.add(fields.size());
    arguments.addAll(fields);
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

  // ---- what became of it

  private List<AppendResult> results(List<AppendRequest> requests, Response answers) {
    List<AppendResult> results = new ArrayList<>(requests.size());
    for (int i = 0; i < requests.size(); i++) {
      results.add(result(requests.get(i), answers.get(i)));
    }
    return results;
  }

  private AppendResult result(AppendRequest request, Response answer) {
    String kind = RedisForm.text(answer.get(0));
    int number = (int) RedisStanding.number(answer, 1);
    return switch (kind) {
      case "A" -> appended(request, RedisForm.text(answer.get(3)), RedisStanding.number(answer, 2));
      case "R" -> new AppendResult.Repeated(answered(RedisForm.text(answer.get(2))));
      case "I" -> new AppendResult.IdTaken(number, request.entries().get(number).id());
      case "K" ->
          new AppendResult.KeyReused(
              number < 0 ? OptionalInt.empty() : OptionalInt.of(number),
              key(request, number),
              RedisStanding.number(answer, 2) == 1);
      case "N" -> noRoom(number);
      default -> throw new IllegalStateException("Redis answers " + kind);
    };
  }

  private AppendResult noRoom(int which) {
    return which == 0
        ? new AppendResult.NoRoom(AppendResult.Budget.DELAYED, settings.beside().delayed())
        : new AppendResult.NoRoom(AppendResult.Budget.KEYS, settings.beside().keys());
  }

  private AppendResult appended(AppendRequest request, String answer, long upTo) {
    return new AppendResult.Appended(
        answer.isEmpty() ? accepted(request, upTo) : answered(answer), upTo);
  }

  /** What is delivered now stands in the places up to there. */
  private List<Accepted> accepted(AppendRequest request, long upTo) {
    long now = request.entries().stream().filter(entry -> entry.deliverAt().isEmpty()).count();
    long position = upTo - now;
    List<Accepted> accepted = new ArrayList<>(request.entries().size());
    for (Entry entry : request.entries()) {
      position += entry.deliverAt().isEmpty() ? 1 : 0;
      accepted.add(isSealed(entry) ? Accepted.now(standing.ids().seal(position)) : accepted(entry));
    }
    return accepted;
  }

  private List<Accepted> answered(String answer) {
    return new IdempotencyRecord("", "", answer, Instant.EPOCH)
        .accepted().stream().map(this::opened).toList();
  }

  private Accepted opened(Accepted accepted) {
    String id = accepted.id().value();
    return id.startsWith(POSITION)
        ? Accepted.now(standing.ids().seal(Long.parseLong(id.substring(POSITION.length()))))
        : accepted;
  }

  private static Accepted accepted(Entry entry) {
    return new Accepted(entry.id(), entry.deliverAt());
  }

  private static IdempotencyKey key(AppendRequest request, int index) {
    Optional<Idempotency> once =
        index < 0 ? request.idempotency() : request.entries().get(index).idempotency();
    return once.orElseThrow().key();
  }

  // ---- what goes wrong

  /** Of what was sent and not answered nobody knows; the connections are of no use then. */
  <T> CompletableFuture<T> settled(
      RedisSession session, CompletableFuture<T> answer, boolean several) {
    return answer
        .orTimeout(settings.patience().toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(
            failure -> CompletableFuture.failedFuture(told(session, failure, several)));
  }

  private LogUnavailableException told(RedisSession session, Throwable failure, boolean several) {
    LogUnavailableException known = RedisFaults.unavailable(failure);
    boolean refused = RedisFaults.isRefusal(failure);
    if (!refused || known.getMessage().contains("EPOCH")) {
      session.fail(known);
    }
    return refused && !several
        ? known
        : LogUnavailableException.inDoubt(
            known.getMessage() + " It is not known whether what was sent is kept.", failure);
  }
}
