package dev.allim.log.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.notification.EventId;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdFilterTest {
  private static final int ROOM = 64 + 256;
  private final Map<Integer, byte[]> chunks = new HashMap<>();
  private final IdFilter<RuntimeException> filter = new IdFilter<>(new Chunks(chunks), 2);

  private record Chunks(Map<Integer, byte[]> chunks) implements IdFilter.Store<RuntimeException> {
    @Override
    public byte[] read(int number) {
      return chunks.getOrDefault(number, new byte[0]).clone();
    }

    @Override
    public void write(int number, byte[] chunk) {
      chunks.put(number, chunk);
    }
  }

  private void fill(int count) {
    IntStream.range(0, count).forEach(i -> filter.add(new EventId("n" + i)));
  }

  private long taken(String prefix, int count) {
    return IntStream.range(0, count).filter(i -> filter.mayHold(new EventId(prefix + i))).count();
  }

  @Test
  void knowsNothingAtFirst() {
    assertThat(taken("n", 1000)).isZero();
  }

  @Test
  void knowsAllThatItHasSeenAndTakesFewOthersForThem() {
    fill(200_000);

    assertThat(taken("n", 200_000)).isEqualTo(200_000);
    assertThat(taken("other", 10_000)).isLessThan(300);
  }

  @Test
  void neverForgetsHoweverFullItIs() {
    fill(600_000);

    assertThat(taken("n", 600_000)).isEqualTo(600_000);
    assertThat(chunks).hasSizeLessThanOrEqualTo(ROOM);
  }

  @Test
  void takesOnlyTheRoomThatItNeeds() {
    fill(10);

    assertThat(chunks).hasSizeLessThanOrEqualTo(10);
  }

  @Test
  void growsWithTheRoomItIsGiven() {
    assertThat(IdFilter.generationsIn(0)).isEqualTo(1);
    assertThat(IdFilter.generationsIn(1 << 20)).isEqualTo(3);
    assertThat(IdFilter.generationsIn(1 << 24)).isEqualTo(5);
    assertThat(IdFilter.generationsIn(Long.MAX_VALUE)).isEqualTo(5);
  }
}
