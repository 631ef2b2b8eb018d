package dev.allim.hub;

import dev.allim.history.Batch;
import dev.allim.history.EventLog;
import dev.allim.history.Page;
import dev.allim.history.Places;
import dev.allim.history.State;
import dev.allim.history.Stored;
import dev.allim.notification.EventId;
import dev.allim.notification.Interest;
import dev.allim.notification.Notification;
import dev.allim.notification.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A log that keeps the newest few, remembers its commits, and fails when it is told to. Positions
 * are 1, 2, 3 …
 */
final class FakeLog implements EventLog {
  private final int most;
  private final Places places = new Places(new byte[16], new Random(1));
  private final List<Stored> all = new ArrayList<>();
  private Optional<Throwable> failure = Optional.empty();

  /** The ids of each commit. */
  final List<List<String>> commits = new ArrayList<>();

  FakeLog(int most) {
    this.most = most;
  }

  /** Every call fails from now on. */
  void fail(Throwable with) {
    failure = Optional.of(with);
  }

  void recover() {
    failure = Optional.empty();
  }

  /** Everything ever appended, in order. */
  List<Notification> everything() {
    return all.stream().map(Stored::notification).toList();
  }

  private void check() {
    if (failure.isPresent()) {
      throw FakeLog.<RuntimeException>unchecked(failure.get());
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T unchecked(Throwable failure) throws T {
    throw (T) failure;
  }

  private List<Stored> kept() {
    return all.subList((int) earliest(), all.size());
  }

  private static boolean isFor(Interest interest, Stored stored) {
    return interest.admits(stored.notification().topics());
  }

  @Override
  public long[] append(Batch batch) {
    check();
    commits.add(batch.notifications().stream().map(one -> one.id().value()).toList());
    long[] positions = new long[batch.notifications().size()];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = all.size() + 1;
      all.add(new Stored(positions[i], Instant.EPOCH, batch.notifications().get(i)));
    }
    return positions;
  }

  @Override
  public long head() {
    return all.size();
  }

  @Override
  public OptionalLong find(EventId id) {
    check();
    if (id.isPlace()) {
      return places.open(id);
    }
    return kept().stream()
        .filter(stored -> stored.notification().id().equals(id))
        .mapToLong(Stored::position)
        .findFirst();
  }

  @Override
  public boolean isKept(EventId id) {
    return find(id).isPresent();
  }

  @Override
  public boolean hasReusedIds() {
    return false;
  }

  @Override
  public Places places() {
    return places;
  }

  @Override
  public Page read(long after, Interest interest, int count, int bytes) {
    check();
    List<Stored> items =
        kept().stream()
            .filter(stored -> stored.position() > after && isFor(interest, stored))
            .limit(count)
            .toList();
    boolean full = items.size() == count;
    return new Page(items, full ? items.get(count - 1).position() : head(), !full);
  }

  @Override
  public State state(Interest interest, long upTo) {
    throw new UnsupportedOperationException("tests of states use HistoryHub");
  }

  @Override
  public long before(Instant instant) {
    return earliest();
  }

  @Override
  public long earliest() {
    return Math.max(0, all.size() - most);
  }

  @Override
  public long forgottenUpTo(Interest interest) {
    Stream<Stored> forgotten = all.subList(0, (int) earliest()).stream();
    return forgotten
        .filter(stored -> isFor(interest, stored))
        .mapToLong(Stored::position)
        .max()
        .orElse(0);
  }

  @Override
  public int purge(Topic topic) {
    return 0;
  }

  @Override
  public boolean durable() {
    return false;
  }

  @Override
  public void close() {
    // nothing is held
  }
}
