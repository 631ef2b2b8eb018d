package dev.allim.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.allim.testing.HubProgram;
import dev.allim.testing.ReceivedEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/**
 * Readers of a real hub that read when they please, break off and come back, to another of its
 * nodes if it has several: each gets what the log holds for it, in order and once, minus exactly
 * what {@code gap} events say it does not.
 *
 * <p>The ring and the socket's queue are small, and the history forgets, so that every edge between
 * them is crossed.
 */
abstract class NothingIsLostContract {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> TOPICS = List.of("a", "b");

  /** What every hub in these tests has. */
  static final Map<String, String> SMALL =
      Map.of(
          "io.netty.leakDetection.level", "paranoid",
          "allim.recent.count", "64",
          "allim.recent.size", "512K",
          "allim.slow-readers", "skip",
          "allim.stream.write-timeout", "60s",
          "allim.history.retention[0].topic", "*",
          "allim.history.retention[0].max-count", "150",
          "allim.history.sweep-every", "100ms");

  private static List<HubProgram> hubs = List.of();
  private static int run;

  /** They are one hub, whichever of them one talks to. */
  static void testing(List<HubProgram> nodes) {
    hubs = nodes;
  }

  static void stopAll() {
    hubs.forEach(HubProgram::close);
    assertThat(hubs)
        .as("frames that were not given back")
        .allSatisfy(hub -> assertThat(hub.output()).doesNotContain("LEAK:"));
    hubs = List.of();
  }

  /** What happens next. */
  private sealed interface Step {
    record Publish(int topic, int count, int size) implements Step {}

    record Open(int topic) implements Step {}

    record Read(int reader, int bytes) implements Step {}

    record Reconnect(int reader) implements Step {}
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> small = Arbitraries.integers().between(0, 5);
    Arbitrary<Step> publish =
        Combinators.combine(
                Arbitraries.integers().between(0, 1),
                Arbitraries.integers().between(1, 60),
                Arbitraries.of(10, 1_000, 60_000))
            .as(Step.Publish::new);
    Arbitrary<Step> open = Arbitraries.integers().between(0, 2).map(Step.Open::new);
    Arbitrary<Step> read =
        Combinators.combine(small, Arbitraries.of(1_000, 100_000, 5_000_000)).as(Step.Read::new);
    Arbitrary<Step> reconnect = small.map(Step.Reconnect::new);
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(4, publish),
            net.jqwik.api.Tuple.of(2, open),
            net.jqwik.api.Tuple.of(2, read),
            net.jqwik.api.Tuple.of(2, reconnect))
        .list()
        .ofMinSize(4)
        .ofMaxSize(16);
  }

  @Property(tries = 25, shrinking = ShrinkingMode.OFF)
  void everyReaderGetsWhatTheLogHolds(@ForAll("steps") List<Step> steps) {
    new Run(++run).play(steps);
  }

  /** A reader that slept while far more was published than ring and history hold. */
  @Example
  void whoMissesSomethingIsTold() {
    Run run = new Run(++NothingIsLostContract.run);
    run.play(Collections.nCopies(8, new Step.Publish(0, 60, 60_000)));

    assertThat(run.readers.get(0).received()).extracting(ReceivedEvent::type).contains("gap");
  }

  /** One sequence of steps on topics of its own. */
  private static final class Run {
    private final List<HistoryClient> clients = hubs.stream().map(HistoryClient::new).toList();
    private final String prefix;
    private final List<SlowReader> readers = new ArrayList<>();
    private final List<Integer> startedAt = new ArrayList<>();

    /** All that was published in this run, in order. */
    private final List<HistoryClient.Kept> published = new ArrayList<>();

    Run(int number) {
      prefix = "run-%d/".formatted(number);
    }

    void play(List<? extends Step> steps) {
      open(0);
      steps.forEach(this::take);
      TOPICS.forEach(topic -> publish(topic, "end of " + topic));
      for (int i = 0; i < readers.size(); i++) {
        check(readers.get(i), startedAt.get(i));
      }
    }

    private void take(Step step) {
      if (step instanceof Step.Publish publish) {
        for (int i = 0; i < publish.count(); i++) {
          publish(
              TOPICS.get(publish.topic()),
              "%06d".formatted(published.size()) + "x".repeat(publish.size()));
        }
      } else if (step instanceof Step.Open open) {
        open(open.topic());
      } else if (step instanceof Step.Read read) {
        reader(read.reader()).readAvailable(read.bytes());
      } else if (step instanceof Step.Reconnect reconnect) {
        reconnect(reconnect.reader() % readers.size());
      }
    }

    /** Who has nothing yet cannot say where it was, and begins anew. */
    private void reconnect(int number) {
      awaitAllNodes();
      readers.get(number).reconnect();
      if (readers.get(number).received().isEmpty()) {
        startedAt.set(number, published.size());
      }
    }

    private SlowReader reader(int number) {
      return readers.get(number % readers.size());
    }

    private void publish(String topic, String data) {
      HistoryClient client = clients.get(published.size() % clients.size());
      String id = client.publish(prefix + topic, data).orElseThrow();
      published.add(new HistoryClient.Kept(id, topic, data));
    }

    /** Who asks behind a notification is answered by a node that has heard of it. */
    private void awaitAllNodes() {
      if (!published.isEmpty()) {
        String last = published.get(published.size() - 1).id();
        clients.forEach(client -> client.after(last));
      }
    }

    /** The last of the three listens to both topics. */
    private void open(int topic) {
      String asked = topic < TOPICS.size() ? TOPICS.get(topic) : "%7Bany%7D";
      awaitAllNodes();
      readers.add(new SlowReader(hubs, readers.size(), prefix + asked));
      startedAt.add(published.size());
    }

    private void check(SlowReader reader, int from) {
      String wanted = reader.topic().substring(prefix.length());
      List<HistoryClient.Kept> expected =
          published.subList(from, published.size()).stream()
              .filter(kept -> wanted.startsWith("%7B") || kept.topic().equals(wanted))
              .toList();
      reader.readUntil(expected.get(expected.size() - 1).data());
      reader.close();
      compare(expected, reader);
    }

    /** Walks along the log; only a gap event may skip, and says where it goes on. */
    private static void compare(List<HistoryClient.Kept> expected, SlowReader reader) {
      List<ReceivedEvent> received = reader.received();
      List<String> ids = expected.stream().map(HistoryClient.Kept::id).toList();
      int at = 0;
      for (int i = 0; i < received.size(); i++) {
        ReceivedEvent event = received.get(i);
        if (event.type().equals("gap")) {
          int resumed = ids.indexOf(resumesAt(event));
          assertThat(resumed)
              .as("a gap skips something")
              .isGreaterThanOrEqualTo(leastAfterGap(reader, i, at));
          at = resumed;
        } else {
          assertThat(event.lastEventId())
              .as("event %d of %s", at, ids.size())
              .isEqualTo(ids.get(at));
          assertThat(event.data()).isEqualTo(expected.get(at).data());
          at++;
        }
      }
      assertThat(at).as("all that was published has come").isEqualTo(ids.size());
    }

    /**
     * Who comes back with an id that the history has forgotten is told so, though it may have
     * missed nothing.
     */
    private static int leastAfterGap(SlowReader reader, int gap, int at) {
      return reader.cameBackWith(gap) ? at : at + 1;
    }

    private static String resumesAt(ReceivedEvent gap) {
      try {
        JsonNode data = JSON.readTree(gap.data());
        return data.get("resumesAt").textValue();
      } catch (JsonProcessingException malformed) {
        throw new AssertionError(malformed);
      }
    }
  }
}
