/**
 * From a publication to a place in the order: {@link dev.allim.hub.publish.Sequencer} gathers what
 * has queued into a group commit, the log appends it, and {@link dev.allim.hub.publish.LogFollower}
 * hands on what the log has, in its order and without a hole. {@link
 * dev.allim.hub.publish.DeliveryWatermark} knows up to where every lane has written.
 */
@NullMarked
package dev.allim.hub.publish;

import org.jspecify.annotations.NullMarked;
