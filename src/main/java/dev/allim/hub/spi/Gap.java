package dev.allim.hub.spi;

import dev.allim.notification.EventId;
import java.util.Optional;

/**
 * A hole in what one subscriber gets: something it asked for was published between the two ends and
 * is not kept any more. How much it was is not known, for what is gone was not counted.
 *
 * @param asked what the subscriber said it has, or is known to have; absent if that is nothing
 * @param resumesAt the first that it gets next; absent if that is not published yet
 */
public record Gap(Optional<EventId> asked, Optional<EventId> resumesAt) {}
