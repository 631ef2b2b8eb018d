package dev.allim.hub.lane;

import dev.allim.hub.ring.RecentFrames;
import dev.allim.hub.spi.Gap;
import dev.allim.hub.spi.StartAt;
import dev.allim.log.LogUnavailableException;
import dev.allim.notification.EventId;
import dev.allim.topic.Audience;
import dev.allim.topic.TopicFilter;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** Finds out where the subscribers of one lane begin, in its ring or in the log. Loop only. */
final class StartLocator {
  private final Lane lane;
  private final RecentFrames recent;
  private final LogReads logReads;

  StartLocator(Lane lane, RecentFrames recent, LogReads logReads) {
    this.lane = lane;
    this.recent = recent;
    this.logReads = logReads;
  }

  /**
   * Where the ring, or the id itself, says that a subscriber stands who can be served from the
   * ring.
   */
  OptionalLong inRing(EventId id, Audience audience) {
    OptionalLong place = logReads.place(id);
    if (place.isPresent()) {
      return place.getAsLong() <= lane.position() && recent.covers(place.getAsLong())
          ? place
          : OptionalLong.empty();
    }
    return logReads.meansOne(id) ? recent.find(id, audience) : OptionalLong.empty();
  }

  /** See {@code NotificationHub.locate}; completes on the loop. */
  CompletableFuture<StartAt.Located> locate(StartAt start, TopicFilter filter) {
    return start.accept(new Places(filter));
  }

  /** A place for each way to begin. */
  private final class Places implements StartAt.Cases<CompletableFuture<StartAt.Located>> {
    private final TopicFilter filter;

    Places(TopicFilter filter) {
      this.filter = filter;
    }

    @Override
    public CompletableFuture<StartAt.Located> now() {
      return CompletableFuture.completedFuture(StartAt.Located.at(lane.position()));
    }

    @Override
    public CompletableFuture<StartAt.Located> behind(StartAt.Behind behind) {
      return CompletableFuture.completedFuture(StartAt.Located.at(behind.position()));
    }

    @Override
    public CompletableFuture<StartAt.Located> located(StartAt.Located located) {
      return CompletableFuture.completedFuture(located);
    }

    @Override
    public CompletableFuture<StartAt.Located> afterUnknown() {
      Gap gap = new Gap(Optional.empty(), Optional.empty());
      return locate(logReads.insteadOfUnknown(), filter).thenApply(found -> found.missing(gap));
    }

    @Override
    public CompletableFuture<StartAt.Located> sought(StartAt.Sought sought) {
      return inRingOrLog(sought, filter);
    }
  }

  private CompletableFuture<StartAt.Located> inRingOrLog(StartAt.Sought start, TopicFilter filter) {
    Optional<EventId> asked = start.lastId();
    OptionalLong known =
        asked.map(id -> inRing(id, filter.audience())).orElse(OptionalLong.empty());
    if (known.isPresent()) {
      return CompletableFuture.completedFuture(
          new StartAt.Located(known.getAsLong(), asked, Optional.empty(), 0));
    }
    CompletableFuture<StartAt.Located> found = new CompletableFuture<>();
    logReads.locate(
        start,
        filter,
        lane.position(),
        lane.loop(),
        () -> false,
        answer -> complete(found, asked, answer));
    return found;
  }

  private static void complete(
      CompletableFuture<StartAt.Located> found, Optional<EventId> asked, LogAnswer answer) {
    if (answer instanceof LogAnswer.Next next && next.state().isPresent()) {
      found.completeExceptionally(new IllegalArgumentException("the state is no place in the log"));
    } else if (answer instanceof LogAnswer.Next next) {
      found.complete(found(asked, next));
    } else if (answer instanceof LogAnswer.UnknownId unknown) {
      Gap gap = new Gap(asked, Optional.empty());
      long at = unknown.resumeAt();
      found.complete(new StartAt.Located(at, Optional.empty(), Optional.of(gap), at));
    } else {
      found.completeExceptionally(new LogUnavailableException("The history cannot be read now."));
    }
  }

  /** Who names an id is told of every hole behind it, by the pages that hold them. */
  private static StartAt.Located found(Optional<EventId> asked, LogAnswer.Next next) {
    boolean missed = asked.isPresent() && next.truncatedUpTo() > next.upTo();
    return new StartAt.Located(
        next.upTo(),
        asked,
        missed ? Optional.of(new Gap(asked, Optional.empty())) : Optional.empty(),
        asked.isPresent() ? next.upTo() : next.truncatedUpTo());
  }
}
