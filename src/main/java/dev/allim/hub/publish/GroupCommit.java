package dev.allim.hub.publish;

import dev.allim.hub.publish.Command.Publish;
import dev.allim.log.AppendRequest;
import dev.allim.log.AppendResult;
import dev.allim.log.EventLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What is appended to the log at once: all that had queued. Publishers are told when the log has
 * decided about theirs, each by itself. Writer only.
 */
final class GroupCommit {
  private final EventLog log;
  private final InFlight inFlight;
  private final List<Publish> group = new ArrayList<>();
  private int entries;
  private int inFlightUpTo;

  /** A group that begins with {@code first}. */
  GroupCommit(EventLog log, InFlight inFlight, Publish first) {
    this.log = log;
    this.inFlight = inFlight;
    add(first);
  }

  /** Entries so far, whatever becomes of them. */
  int size() {
    return entries;
  }

  final void add(Publish publish) {
    group.add(publish);
    entries += publish.size();
  }

  /** Appends all of it. Whoever follows the log has it when this completes. */
  CompletionStage<List<AppendResult>> append() {
    List<AppendRequest> requests = new ArrayList<>(group.size());
    for (Publish publish : group) {
      inFlight.put(publish.encoded());
      inFlightUpTo++;
      requests.add(publish.request());
    }
    return log.append(requests);
  }

  /** Tells every publisher. */
  void answer(List<AppendResult> results, DeliveryWatermark watermark) {
    withdraw();
    for (int i = 0; i < group.size(); i++) {
      group.get(i).decided(results.get(i), watermark);
    }
  }

  /** Nothing is kept, for all that is known. */
  void fail(Throwable failure) {
    withdraw();
    group.forEach(publish -> publish.fail(failure));
  }

  private void withdraw() {
    group.subList(0, inFlightUpTo).forEach(publish -> inFlight.withdraw(publish.encoded()));
    group
        .subList(inFlightUpTo, group.size())
        .forEach(publish -> publish.encoded().forEach(each -> each.frame().release()));
  }

  /** Whether something was delayed. */
  boolean delays() {
    return group.stream().anyMatch(Publish::delays);
  }
}
