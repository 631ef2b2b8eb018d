package dev.allim.hub;

import dev.allim.history.Batch;
import dev.allim.history.EventLog;
import dev.allim.history.MemoryLog;
import dev.allim.history.Page;
import dev.allim.history.Stored;
import dev.allim.notification.EventId;
import dev.allim.notification.Interest;
import dev.allim.notification.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The log in memory, which remembers its commits and fails when it is told to. */
final class FakeLog implements EventLog {
  private final MemoryLog log = new MemoryLog();
  private Optional<Throwable> failure = Optional.empty();

  /** The ids of each commit. */
  final List<List<String>> commits = new ArrayList<>();

  /** Every append fails from now on. */
  void fail(Throwable with) {
    failure = Optional.of(with);
  }

  void recover() {
    failure = Optional.empty();
  }

  @Override
  public long[] append(Batch batch) {
    if (failure.isPresent()) {
      throw FakeLog.<RuntimeException>unchecked(failure.get());
    }
    commits.add(batch.notifications().stream().map(one -> one.id().value()).toList());
    return log.append(batch);
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T unchecked(Throwable failure) throws T {
    throw (T) failure;
  }

  @Override
  public long head() {
    return log.head();
  }

  @Override
  public OptionalLong find(EventId id) {
    return log.find(id);
  }

  @Override
  public Page read(long after, Interest interest, int most) {
    return log.read(after, interest, most);
  }

  @Override
  public List<Stored> latest(Interest interest, long upTo) {
    return log.latest(interest, upTo);
  }

  @Override
  public long before(Instant instant) {
    return log.before(instant);
  }

  @Override
  public long earliest() {
    return log.earliest();
  }

  @Override
  public boolean forgotBehind(long position, Interest interest) {
    return log.forgotBehind(position, interest);
  }

  @Override
  public int purge(Topic topic) {
    return log.purge(topic);
  }

  @Override
  public boolean durable() {
    return log.durable();
  }

  @Override
  public void close() {
    log.close();
  }
}
