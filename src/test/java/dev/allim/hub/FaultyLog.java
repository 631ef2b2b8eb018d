package dev.allim.hub;

import dev.allim.log.LogEngine;
import dev.allim.log.LogRecord;
import dev.allim.log.LogUnavailableException;
import dev.allim.log.TailListener;
import dev.allim.log.memory.MemoryLog;
import dev.allim.topic.Topic;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The log in memory, which fails, or keeps to itself what it should tell, when the test says so.
 * Counts what it is asked.
 */
final class FaultyLog {
  private static final List<String> NEVER_BLOCK = List.of("status", "places", "hasReusedIds");

  /** As of which it was asked for each state. */
  final List<Long> moments = new ArrayList<>();

  private final MemoryLog kept;
  private boolean fails;
  private Optional<Throwable> fault = Optional.empty();
  private boolean keepsAllTheSame;
  private boolean missesWhatIsTold;
  private int asked;

  FaultyLog(MemoryLog kept) {
    this.kept = kept;
  }

  /** What a hub is given. */
  LogEngine engine() {
    return (LogEngine)
        Proxy.newProxyInstance(
            LogEngine.class.getClassLoader(), new Class<?>[] {LogEngine.class}, this::ask);
  }

  private Object ask(Object log, Method method, Object[] arguments) throws Throwable {
    switch (method.getName()) {
      case "snapshots", "delayedDelivery", "truncation" -> {
        return Optional.of(log);
      }
      case "tail" -> {
        return kept.tail((long) arguments[0], new Inattentive((TailListener) arguments[1]));
      }
      case "state" -> moments.add(kept.status().head());
      default -> failIfItIsToFail(method);
    }
    asked += NEVER_BLOCK.contains(method.getName()) ? 0 : 1;
    Object answer = invoke(method, arguments);
    if (keepsAllTheSame && method.getName().equals("append")) {
      keepsAllTheSame = false;
      throw new LogUnavailableException("the disk failed");
    }
    return answer;
  }

  private void failIfItIsToFail(Method method) throws Throwable {
    if (fault.isPresent() && !NEVER_BLOCK.contains(method.getName())) {
      throw fault.get();
    }
    if (fails && !NEVER_BLOCK.contains(method.getName())) {
      throw new LogUnavailableException("the disk is full");
    }
  }

  /** Does not hear of what is kept all the same. */
  private final class Inattentive implements TailListener {
    private final TailListener next;

    private Inattentive(TailListener next) {
      this.next = next;
    }

    @Override
    public void appended(long after, List<LogRecord> records) {
      if (!keepsAllTheSame && !missesWhatIsTold) {
        next.appended(after, records);
      }
    }

    @Override
    public void truncated(Topic topic, long upTo) {
      next.truncated(topic, upTo);
    }

    @Override
    public void deleted(List<Long> positions) {
      next.deleted(positions);
    }
  }

  private Object invoke(Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(kept, arguments);
    } catch (InvocationTargetException failure) {
      throw failure.getCause();
    }
  }

  /** The next append fails, and turns out to be kept. */
  void failsButKeeps() {
    keepsAllTheSame = true;
  }

  /** The hub does not hear of what the log brings, from now on. */
  void missesWhatIsTold() {
    missesWhatIsTold = true;
  }

  void hearsAgain() {
    missesWhatIsTold = false;
  }

  /** Every question that may wait for a disk fails from now on. */
  void fails() {
    fails = true;
  }

  /** Every question fails with {@code fault} from now on. */
  void failsWith(Throwable fault) {
    this.fault = Optional.of(fault);
  }

  void recovers() {
    fault = Optional.empty();
    fails = false;
  }

  /** How many questions it was asked that may wait for a disk. */
  int asked() {
    return asked;
  }
}
