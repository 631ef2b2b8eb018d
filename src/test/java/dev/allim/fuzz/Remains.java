package dev.allim.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allim.testing.HubClient;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a hub still holds of its clients, as its metrics say. */
final class Remains {
  /** Arenas keep some pages for each size that they have met; the ring has its own. */
  private static final long PAGES_OF_ARENAS = 4 * 1024 * 1024;

  private final HubClient hub;
  private final double directBefore;

  /** From now on. */
  Remains(HubClient hub) {
    this.hub = hub;
    this.directBefore = value("allim_direct_bytes");
  }

  /** Waits until nothing is left. */
  void awaitNone() {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              assertThat(value("allim_streams_places")).as("places").isZero();
              assertThat(value("allim_bodies_bytes")).as("bodies").isZero();
              assertThat(value("allim_on_their_way_bytes")).as("on their way").isZero();
              assertThat(value("allim_direct_bytes"))
                  .as("direct memory")
                  .isLessThan(directBefore + PAGES_OF_ARENAS);
            });
  }

  /** The value of a metric, by its name and tags. */
  double value(String name) {
    String page = hub.metrics();
    Matcher line = Pattern.compile("(?m)^" + Pattern.quote(name) + " (\\S+)$").matcher(page);
    assertThat(line.find()).as("%s in %s", name, page).isTrue();
    return Double.parseDouble(line.group(1));
  }
}
