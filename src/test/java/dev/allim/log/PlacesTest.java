package dev.allim.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allim.notification.EventId;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private static final byte[] KEY = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
  private final Places places = new Places(KEY, new Random(1));

  @Property(tries = 200)
  void whoHasTheKeyFindsThePositionAgain(@ForAll long position) {
    EventId id = places.seal(position);

    assertThat(new Places(KEY, new Random(2)).open(id)).hasValue(position);
  }

  @Test
  void anIdGoesThroughHeadersAndQueriesUnchanged() {
    assertThat(places.seal(7).value()).matches("place:[A-Za-z0-9_-]{43}");
  }

  @Test
  void twoIdsOfOnePlaceDoNotLookAlike() {
    assertThat(places.seal(7)).isNotEqualTo(places.seal(7));
  }

  @Test
  void anotherLogsPlacesMeanNothing() {
    Places others = new Places(new byte[16], new Random(3));

    assertThat(places.open(others.seal(7))).isEmpty();
  }

  @Test
  void nobodyMakesOneByHimself() {
    String id = places.seal(7).value();
    String changed = id.substring(0, 20) + (id.charAt(20) == 'A' ? 'B' : 'A') + id.substring(21);

    for (String forged :
        List.of(changed, id + "A", id.substring(0, 30), "place:", "place:~", "7")) {
      assertThat(places.open(new EventId(forged))).as(forged).isEmpty();
    }
  }
}
