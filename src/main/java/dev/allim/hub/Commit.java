package dev.allim.hub;

import dev.allim.history.Agenda;
import dev.allim.history.Batch;
import dev.allim.history.Deferred;
import dev.allim.history.EventLog;
import dev.allim.history.Receipt;
import dev.allim.hub.Publication.Entry;
import dev.allim.hub.Publication.Idempotency;
import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One group commit in the making: what it will append, and what each publisher will be answered. A
 * submission is checked against the log and against the rest of the group when it is added; one
 * that is refused leaves nothing behind.
 *
 * <p>Writer only.
 */
final class Commit {
  private static final Duration KEYS_ARE_KEPT = Duration.ofHours(24);
  private static final int DUE_AT_ONCE = 1000;
  private static final String BETWEEN_IDS = "\n";

  private final EventLog log;
  private final HubEnvironment environment;
  private final Instant now;
  private final List<Notification> notifications = new ArrayList<>();
  private final List<Frame> frames = new ArrayList<>();
  private final List<Deferred> deferred = new ArrayList<>();
  private final List<EventId> noLongerPending = new ArrayList<>();
  private final Map<String, Receipt> receipts = new HashMap<>();
  private final Set<EventId> ids = new HashSet<>();
  private final List<Answered> answers = new ArrayList<>();
  private int entries;

  Commit(EventLog log, HubEnvironment environment) {
    this.log = log;
    this.environment = environment;
    this.now = environment.clock().instant();
  }

  private record Answered(Submission submission, Acceptance acceptance) {}

  /** Entries so far, whatever becomes of them. */
  int size() {
    return entries;
  }

  /**
   * Adds a submission.
   *
   * @throws PublishRefusedException if it contradicts the log or the rest of the group
   */
  void add(Submission submission) {
    entries += Math.max(1, submission.size());
    if (submission.publication().isPresent()) {
      addPublication(submission, submission.publication().get());
    } else {
      answers.add(new Answered(submission, Acceptance.of(errand(submission))));
    }
  }

  // ---- what is published

  private void addPublication(Submission submission, Publication publication) {
    Optional<Acceptance> before = publication.idempotency().flatMap(key -> answered(key, -1));
    if (before.isPresent()) {
      submission.frames().forEach(Frame::release);
      answers.add(new Answered(submission, before.get()));
      return;
    }
    Draft draft = new Draft();
    for (int i = 0; i < publication.entries().size(); i++) {
      draft.add(publication.entries().get(i), i);
    }
    answers.add(new Answered(submission, draft.accept(submission, publication)));
  }

  /** A publication that is being checked; it touches the commit only when all of it is sound. */
  private final class Draft {
    private final List<Entry> fresh = new ArrayList<>();
    private final List<EventId> answer = new ArrayList<>();
    private boolean later;
    private final List<Boolean> repeated = new ArrayList<>();
    private final Set<EventId> ownIds = new HashSet<>();
    private final Map<String, String> ownKeys = new HashMap<>();

    void add(Entry entry, int index) {
      Optional<Acceptance> before = entry.idempotency().flatMap(key -> answered(key, index));
      requireOwnKeysDiffer(entry, index);
      repeated.add(before.isPresent());
      answer.add(before.map(known -> known.ids().get(0)).orElse(entry.id()));
      later |= before.map(Acceptance::later).orElse(entry.deliverAt().isPresent());
      if (before.isEmpty()) {
        requireFreeId(entry, index);
        fresh.add(entry);
      }
    }

    private void requireOwnKeysDiffer(Entry entry, int index) {
      entry
          .idempotency()
          .filter(key -> ownKeys.put(key.key(), key.fingerprint()) != null)
          .ifPresent(key -> refuse(index, key.key(), "twice in one batch"));
    }

    private void requireFreeId(Entry entry, int index) {
      boolean taken =
          !ownIds.add(entry.id())
              || (entry.idIsGiven() && (ids.contains(entry.id()) || isKept(entry.id())));
      if (taken) {
        throw new PublishRefusedException(
            PublishRefusedException.Cause.ID_TAKEN,
            "there is a notification with the id '%s' already".formatted(entry.id()),
            index);
      }
    }

    Acceptance accept(Submission submission, Publication publication) {
      ids.addAll(ownIds);
      for (Entry entry : fresh) {
        entry
            .deliverAt()
            .ifPresentOrElse(
                at -> deferred.add(new Deferred(entry.notification(), at)),
                () -> notifications.add(entry.notification()));
        entry.idempotency().ifPresent(key -> remember(key, acceptance(entry)));
      }
      takeFrames(submission, publication);
      Acceptance acceptance = new Acceptance(answer, later);
      publication.idempotency().ifPresent(key -> remember(key, acceptance));
      return acceptance;
    }

    private static Acceptance acceptance(Entry entry) {
      return new Acceptance(List.of(entry.id()), entry.deliverAt().isPresent());
    }

    private void takeFrames(Submission submission, Publication publication) {
      int frame = 0;
      for (int i = 0; i < publication.entries().size(); i++) {
        if (publication.entries().get(i).deliverAt().isEmpty()) {
          Frame encoded = submission.frames().get(frame++);
          if (repeated.get(i)) {
            encoded.release();
          } else {
            frames.add(encoded);
          }
        }
      }
    }
  }

  private boolean isKept(EventId id) {
    return log.isKept(id) || agenda().map(known -> known.isPending(id)).orElse(false);
  }

  private Optional<Agenda> agenda() {
    return log instanceof Agenda agenda ? Optional.of(agenda) : Optional.empty();
  }

  // ---- the same publish again

  private Optional<Acceptance> answered(Idempotency key, int index) {
    Optional<Receipt> receipt =
        Optional.ofNullable(receipts.get(key.key()))
            .or(() -> agenda().flatMap(known -> known.receipt(key.key(), now)));
    receipt
        .filter(known -> !known.fingerprint().equals(key.fingerprint()))
        .ifPresent(known -> refuse(index, key.key(), "for something else"));
    return receipt.map(
        known ->
            new Acceptance(
                Stream.of(known.answer().split(BETWEEN_IDS)).map(EventId::new).toList(),
                known.later()));
  }

  private static void refuse(int index, String key, String how) {
    throw new PublishRefusedException(
        PublishRefusedException.Cause.KEY_REUSED,
        "the idempotency key '%s' was used %s".formatted(key, how),
        index);
  }

  private void remember(Idempotency key, Acceptance answer) {
    String text =
        answer.ids().stream().map(EventId::value).collect(Collectors.joining(BETWEEN_IDS));
    receipts.put(
        key.key(),
        new Receipt(key.key(), key.fingerprint(), text, answer.later(), now.plus(KEYS_ARE_KEPT)));
  }

  // ---- what waits for its time

  private List<EventId> errand(Submission submission) {
    return submission
        .cancelled()
        .map(this::cancel)
        .orElseGet(() -> agenda().map(this::deliverDue).orElse(List.of()));
  }

  private List<EventId> cancel(EventId id) {
    if (deferred.removeIf(waiting -> waiting.notification().id().equals(id))) {
      return List.of(id);
    }
    boolean pending = agenda().map(known -> known.isPending(id)).orElse(false);
    if (!pending || noLongerPending.contains(id)) {
      return List.of();
    }
    noLongerPending.add(id);
    return List.of(id);
  }

  private List<EventId> deliverDue(Agenda agenda) {
    List<EventId> delivered = new ArrayList<>();
    for (Deferred due : agenda.dueBy(now, DUE_AT_ONCE)) {
      if (!noLongerPending.contains(due.notification().id())) {
        delivered.add(due.notification().id());
        notifications.add(due.notification());
        frames.add(Frame.encode(environment, due.notification()));
      }
    }
    noLongerPending.addAll(delivered);
    return delivered;
  }

  // ---- the end

  /**
   * Appends all of it; what is delivered now, in its place. Frames belong to the caller from here
   * on.
   */
  List<Published> append() {
    if (!wasWritten()) {
      return List.of();
    }
    long[] positions =
        log.append(
            new Batch(notifications, deferred, noLongerPending, List.copyOf(receipts.values())));
    List<Published> published = new ArrayList<>(positions.length);
    for (int i = 0; i < positions.length; i++) {
      published.add(Published.at(positions[i], notifications.get(i), frames.get(i)));
    }
    return published;
  }

  /** Whether there was anything to append. */
  boolean wasWritten() {
    return !notifications.isEmpty() || !receipts.isEmpty() || changesTimetable();
  }

  /** Whether something was deferred, or is no longer. */
  boolean changesTimetable() {
    return !deferred.isEmpty() || !noLongerPending.isEmpty();
  }

  /** Those who hear how the publications fare. */
  Stream<Passage> passages() {
    return answers.stream().map(answered -> answered.submission().passage());
  }

  /** Tells every publisher. */
  void answer() {
    answers.forEach(answered -> answered.submission().complete(answered.acceptance()));
  }

  /** Nothing was kept. */
  void refuse(Throwable failure) {
    frames.forEach(Frame::release);
    answers.forEach(answered -> answered.submission().fail(failure));
  }
}
