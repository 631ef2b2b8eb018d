package dev.allim.hub;

import dev.allim.hub.lane.Lane;
import dev.allim.hub.lane.LaneStats;
import java.time.Duration;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * How the hub is at one moment.
 *
 * @param writable whether the log took what it was last given
 * @param lanes event loops, each with streams of its own
 * @param mailboxDepth notifications that wait for the lane with the most of them
 * @param ringFrames frames in the fullest ring, as of the last second; lanes share them
 * @param ringBytes bytes of events in the fullest ring, likewise
 * @param longestSilence how long ago the lane ticked that did so first: far more than a second if a
 *     loop is stuck or does not come nearer to what it was offered
 */
public record HubStatus(
    boolean writable,
    int lanes,
    int mailboxDepth,
    int ringFrames,
    int ringBytes,
    Duration longestSilence) {
  static HubStatus of(List<Lane> lanes, boolean writable, long now) {
    return new HubStatus(
        writable,
        lanes.size(),
        mailboxDepth(lanes),
        most(lanes, LaneStats::ringFrames),
        most(lanes, LaneStats::ringBytes),
        Duration.ofNanos(
            lanes.stream().mapToLong(lane -> now - lane.pulse().at()).max().orElse(0)));
  }

  static int mailboxDepth(List<Lane> lanes) {
    int most = 0;
    for (Lane lane : lanes) {
      most = Math.max(most, lane.backlog());
    }
    return most;
  }

  private static int most(List<Lane> lanes, ToIntFunction<LaneStats> figure) {
    return lanes.stream().map(Lane::pulse).mapToInt(figure).max().orElse(0);
  }
}
