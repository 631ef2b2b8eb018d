package dev.allim.log.redis;

import dev.allim.log.AppendRequest;
import dev.allim.log.AppendRequest.Entry;
import dev.allim.log.AppendRequest.Idempotency;
import dev.allim.log.AppendResult;
import dev.allim.log.IdempotencyKey;
import dev.allim.log.append.IdempotencyRecord;
import dev.allim.log.append.SideRoom;
import dev.allim.notification.Accepted;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the answers of the script that appends mean.
 *
 * @param ids opens and makes the ids that are positions
 * @param beside what there is room for beside the history
 */
record RedisAnswers(SealedIds ids, SideRoom beside) {
  /** What is answered of one whose id is its position begins so, which no given id does. */
  private static final String POSITION = "#";

  /** By the answer of the script, in the order of the publications. */
  List<AppendResult> to(List<AppendRequest> requests, Response answers) {
    List<AppendResult> results = new ArrayList<>(requests.size());
    for (int i = 0; i < requests.size(); i++) {
      results.add(result(requests.get(i), answers.get(i)));
    }
    return results;
  }

  /** Of a plain one the answer is its position. */
  private AppendResult result(AppendRequest request, Response answer) {
    if (answer.type() != ResponseType.MULTI) {
      long position = RedisStanding.number(answer);
      return new AppendResult.Appended(accepted(request, position), position);
    }
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
        ? new AppendResult.NoRoom(AppendResult.Budget.DELAYED, beside.delayed())
        : new AppendResult.NoRoom(AppendResult.Budget.KEYS, beside.keys());
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
      accepted.add(
          RedisPart.isSealed(entry) ? Accepted.now(ids.seal(position)) : RedisPart.accepted(entry));
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
        ? Accepted.now(ids.seal(Long.parseLong(id.substring(POSITION.length()))))
        : accepted;
  }

  private static IdempotencyKey key(AppendRequest request, int index) {
    Optional<Idempotency> once =
        index < 0 ? request.idempotency() : request.entries().get(index).idempotency();
    return once.orElseThrow().key();
  }
}
