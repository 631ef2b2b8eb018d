package dev.allim.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.hub.spi.HistorySlice;
import dev.allim.hub.spi.StartAt;
import dev.allim.log.LogEngine;
import dev.allim.log.memory.MemoryLog;
import dev.allim.log.retention.Retention;
import dev.allim.log.sqlite.SqliteLog;
import dev.allim.log.sqlite.file.Durability;
import dev.allim.log.sqlite.file.SqliteSettings;
import dev.allim.notification.EventId;
import dev.allim.notification.Notification;
import dev.allim.testing.FreshDirectory;
import dev.allim.testing.ReceivedEvent;
import dev.allim.topic.Topic;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Whatever is published and deleted, a reader gets what it may see, and cannot tell a hub with
 * something private, which is not for it, from one where that never was: whichever way it listens,
 * resumes or asks, and whatever ids it tries.
 */
class PrivacyPropertyTest {
  private static final int RING = 6;

  /** As many as a page holds, which is what asking for the last few is. */
  private static final int PAGE = 4;

  private static final RedisForStories REDIS = new RedisForStories();

  @Provide
  Arbitrary<PrivacyStory> stories() {
    return PrivacyStory.any(PrivacyStory.Engine.MEMORY, PrivacyStory.Engine.SQLITE);
  }

  @Provide
  Arbitrary<PrivacyStory> storiesOnRedis() {
    return PrivacyStory.any(PrivacyStory.Engine.REDIS);
  }

  @Property(tries = 60)
  void aReaderIsGivenWhatItMaySeeAndCannotTellWhetherThereIsMore(
      @ForAll("stories") PrivacyStory story) {
    requireNothingIsTold(story);
  }

  @Property(tries = 30)
  void norOnALogThatManyShare(@ForAll("storiesOnRedis") PrivacyStory story) {
    requireNothingIsTold(story);
  }

  private void requireNothingIsTold(PrivacyStory story) {
    try (World whole = new World(story, true);
        World without = new World(story, false)) {
      Map<String, Object> seen = whole.observations();

      assertThat(seen).isEqualTo(without.observations());
      assertThat(whole.visible).as("what it may see was asked for").containsAll(whole.given);
    }
  }

  @AfterContainer
  static void stopRedis() {
    REDIS.close();
  }

  /** A hub to which the story happens, with what its reader may not see or without it. */
  private final class World implements AutoCloseable {
    private final PrivacyStory story;
    private final boolean whole;
    private Optional<Path> directory = Optional.empty();
    private final LogEngine log;
    private final ManualLoop loop = new ManualLoop();
    private final NotificationHub hub;
    private final Set<String> visible = new HashSet<>();
    private final Set<String> given = new HashSet<>();

    /** How long the ring knows the id of what was deleted is a matter of how much there was. */
    private final Set<EventId> purged = new HashSet<>();

    private final Map<Topic, Set<EventId>> visibleOf = new HashMap<>();
    private boolean purges;
    private int published;

    World(PrivacyStory story, boolean whole) {
      this.story = story;
      this.whole = whole;
      this.log = open(story.engine());
      this.hub = TestHub.over(log, loop, RING);
    }

    private LogEngine open(PrivacyStory.Engine engine) {
      return switch (engine) {
        case MEMORY -> new MemoryLog();
        case SQLITE -> sqlite();
        case REDIS -> REDIS.open();
      };
    }

    private LogEngine sqlite() {
      Path file = FreshDirectory.of("privacy");
      directory = Optional.of(file);
      return new SqliteLog(
          new SqliteSettings(file.resolve("allim.db"), Durability.MEMORY, Retention.unlimited(), 2),
          Clock.systemUTC());
    }

    private void happen(List<PrivacyStory.Step> steps) {
      for (PrivacyStory.Step step : steps) {
        if (step.purges()) {
          purges = true;
          purged.addAll(visibleOf.getOrDefault(step.of().get(0), Set.of()));
          log.purge(step.of().get(0));
        } else {
          publish(step.notification(published++));
        }
        loop.runAll();
      }
    }

    private void publish(Notification notification) {
      boolean isVisible = story.reader().audience().maySee(notification);
      if (isVisible) {
        visible.add(notification.id().value());
        visibleOf
            .computeIfAbsent(notification.canonicalTopic(), first -> new HashSet<>())
            .add(notification.id());
      }
      if (whole || isVisible) {
        hub.publish(List.of(notification)).toCompletableFuture().join();
      }
    }

    /** All that the reader finds out, by what it did. */
    Map<String, Object> observations() {
      happen(story.before());
      int known = published;
      Map<String, TestReader> readers = new TreeMap<>();
      starts(known).forEach((name, start) -> readers.put(name, listen(start)));
      TestReader slow = listen(new StartAt.Now());
      slow.wire.fill();
      happen(story.after());
      slow.drain();
      loop.runAll();
      told(slow); // whether the ring still has what it missed is a matter of how much there was
      Map<String, Object> all = new TreeMap<>();
      readers.forEach((name, reader) -> all.put("stream from " + name, toldBehind(name, reader)));
      starts(published).forEach((name, start) -> all.put("pages from " + name, pages(start)));
      for (int i = 0; i < published; i++) {
        EventId id = new EventId("id" + i);
        all.put("known " + id, hub.history().isKept(id, story.reader().audience()));
        all.put("back before " + id, back(Optional.of(id)));
      }
      all.put("back", back(Optional.empty()));
      return all;
    }

    private Map<String, StartAt> starts(int ids) {
      Map<String, StartAt> starts = new TreeMap<>();
      starts.put("earliest", new StartAt.Earliest());
      starts.put("latest", new StartAt.Latest());
      starts.put("last", new StartAt.Last(PAGE));
      for (int i = 0; i < ids; i++) {
        EventId id = new EventId("id" + i);
        if (!purged.contains(id)) {
          starts.put("after " + id, new StartAt.After(id));
        }
        starts.put("latest after " + id, new StartAt.Latest(Optional.of(id)));
      }
      return starts;
    }

    /**
     * Whether a stream is told of what was deleted behind an id is a matter of whether the ring
     * reaches back to it, and so of how much there was; what it is given is not, and a page is
     * always told.
     */
    private List<String> toldBehind(String start, TestReader reader) {
      List<String> told = told(reader);
      if (purges && start.startsWith("after ")) {
        told.removeIf(line -> line.startsWith("gap "));
      }
      return told;
    }

    private TestReader listen(StartAt start) {
      TestReader reader = new TestReader(hub, loop, story.reader(), start, new RecordingWire());
      loop.runAll();
      return reader;
    }

    /** Ids of places are new each time, and say nothing; what is in an event counts. */
    private List<String> told(TestReader reader) {
      List<String> told = new ArrayList<>();
      for (ReceivedEvent event : reader.events()) {
        boolean gap = event.type().equals("gap");
        told.add(gap ? "gap " + event.data() : event.lastEventId() + " " + event.data());
        if (!gap) {
          given.add(event.lastEventId());
        }
      }
      told.add("over " + reader.isOver());
      return told;
    }

    /** Whether a page is the last may tell that something passed, and not what. */
    private List<String> pages(StartAt from) {
      List<String> told = new ArrayList<>();
      StartAt start = from;
      boolean complete = false;
      while (!complete && told.size() < 100) {
        HistorySlice slice = hub.history().read(story.reader(), start, PAGE, () -> {});
        told.addAll(ids(slice.items().stream().map(past -> past.notification().id()).toList()));
        slice.gap().ifPresent(gap -> told.add("gap " + gap.asked()));
        complete = slice.complete() || slice.next().isEmpty();
        start = slice.next().map(this::onwards).orElse(start);
      }
      return told;
    }

    private StartAt onwards(String next) {
      return next.startsWith(EventId.REST_OF_LATEST)
          ? new StartAt.Latest(
              Optional.of(new EventId(next.substring(EventId.REST_OF_LATEST.length()))))
          : new StartAt.After(new EventId(next));
    }

    private List<String> back(Optional<EventId> before) {
      HistorySlice slice = hub.history().readBack(story.reader(), before, 100, () -> {});
      List<String> told =
          new ArrayList<>(
              ids(slice.items().stream().map(past -> past.notification().id()).toList()));
      slice.gap().ifPresent(gap -> told.add("gap " + gap.asked()));
      return told;
    }

    private List<String> ids(Collection<EventId> ids) {
      List<String> texts = ids.stream().map(EventId::value).collect(Collectors.toList());
      given.addAll(texts);
      return texts;
    }

    @Override
    public void close() {
      hub.close();
      loop.runAll();
      log.close();
      directory.ifPresent(FreshDirectory::delete);
    }
  }
}
