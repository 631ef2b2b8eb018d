/**
 * The newest frames of a lane: what those who are a little behind, or come back soon, are served
 * from without asking the log. {@link dev.allim.hub.ring.Block} joins several into one write.
 */
@NullMarked
package dev.allim.hub.ring;

import org.jspecify.annotations.NullMarked;
