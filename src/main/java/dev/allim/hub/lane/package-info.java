/**
 * What one event loop owns. A {@link dev.allim.hub.lane.Lane} takes what the log brings from its
 * {@link dev.allim.hub.lane.Mailbox}, keeps it in its ring, fans it out, and lets those that are
 * behind {@linkplain dev.allim.hub.lane.CatchUp catch up}; {@link
 * dev.allim.hub.lane.StreamMaintenance} sends heartbeats and ends what is stalled or too old.
 */
@NullMarked
package dev.allim.hub.lane;

import org.jspecify.annotations.NullMarked;
