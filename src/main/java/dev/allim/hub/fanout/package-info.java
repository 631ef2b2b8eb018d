/**
 * From one notification to the subscriptions it concerns: {@link
 * dev.allim.hub.fanout.SubscriptionIndex} proposes groups, the filter disposes, and {@link
 * dev.allim.hub.fanout.FanOutScan} writes to the live members of a group as an elevator serves its
 * floors (the SCAN algorithm): whatever is on board when it passes a member is written in one go.
 */
@NullMarked
package dev.allim.hub.fanout;

import org.jspecify.annotations.NullMarked;
