/**
 * Running the hub: what it counts, whether it is well, what it writes down, and how it ends.
 *
 * <p>Nothing imports this package. It hears of the hub through {@link
 * dev.allim.hub.spi.HubListener}, asks it through its public methods, and is left out without
 * anybody noticing.
 */
@NullMarked
package dev.allim.ops;

import org.jspecify.annotations.NullMarked;
