/**
 * Who is there: the subscriptions that are open, at this node and at those that share its log, for
 * whoever may ask; and, if that is wanted, who comes and goes, as notifications.
 */
@NullMarked
package dev.allim.presence;

import org.jspecify.annotations.NullMarked;
