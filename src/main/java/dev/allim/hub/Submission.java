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
 * @param answer completed by the writer
 */
record Submission(
    Optional<Publication> publication,
    List<Frame> frames,
    Optional<EventId> cancelled,
    CompletableFuture<List<EventId>> answer) {
  static Submission of(Publication publication, HubEnvironment environment) {
    return new Submission(
        Optional.of(publication),
        encode(publication, environment),
        Optional.empty(),
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
    return new Submission(Optional.empty(), List.of(), Optional.empty(), new CompletableFuture<>());
  }

  static Submission cancel(EventId id) {
    return new Submission(Optional.empty(), List.of(), Optional.of(id), new CompletableFuture<>());
  }

  int size() {
    return publication.map(present -> present.entries().size()).orElse(0);
  }

  void refuse(Throwable refusal) {
    frames.forEach(Frame::release);
    answer.completeExceptionally(refusal);
  }
}
