package dev.allim.hub;

import dev.allim.notification.EventId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What waits for the writer: a publication, with the frames of what is delivered now encoded
 * already, so that the publishers' threads share that work; or an errand on what waits for its
 * time.
 *
 * @param publication absent for an errand
 * @param frames one for each entry that is delivered now, in order; the first references belong to
 *     this
 * @param cancelled the notification to take back, absent if what is due is to be delivered
 * @param passage hears how it fares
 * @param answer completed by the writer
 */
record Submission(
    Optional<Publication> publication,
    List<Frame> frames,
    Optional<EventId> cancelled,
    Passage passage,
    CompletableFuture<Acceptance> answer) {
  static Submission of(Publication publication, HubEnvironment environment) {
    Passage passage = environment.listener().publishing(publication.entries().size());
    return new Submission(
        Optional.of(publication),
        encode(publication, environment),
        Optional.empty(),
        passage,
        new CompletableFuture<>());
  }

  private static List<Frame> encode(Publication publication, HubEnvironment environment) {
    List<Frame> frames = new ArrayList<>(publication.entries().size());
    try {
      for (Publication.Entry entry : publication.entries()) {
        if (entry.deliverAt().isEmpty()) {
          frames.add(Frame.encode(environment, entry.notification()));
        }
      }
      return frames;
    } catch (RuntimeException | Error failure) {
      frames.forEach(Frame::release);
      throw failure;
    }
  }

  static Submission due() {
    return errand(Optional.empty());
  }

  static Submission cancel(EventId id) {
    return errand(Optional.of(id));
  }

  private static Submission errand(Optional<EventId> cancelled) {
    return new Submission(
        Optional.empty(), List.of(), cancelled, Passage.NONE, new CompletableFuture<>());
  }

  int size() {
    return publication.map(present -> present.entries().size()).orElse(0);
  }

  void refuse(Throwable refusal) {
    frames.forEach(Frame::release);
    fail(refusal);
  }

  void complete(Acceptance acceptance) {
    passage.answered();
    answer.complete(acceptance);
  }

  void fail(Throwable failure) {
    passage.refused();
    answer.completeExceptionally(failure);
  }
}
