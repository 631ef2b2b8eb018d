package dev.allim.hub;

import dev.allim.notification.EventId;
import java.util.Optional;

/**
 * A hole in what one reader got: everything it asked for after {@code after} and before {@code
 * resumesAt}.
 *
 * @param after the last notification the reader is known to have, absent if it had none
 * @param resumesAt the first one that it gets next, absent if the next is one not yet published
 */
public record Gap(Optional<EventId> after, Optional<EventId> resumesAt) {}
