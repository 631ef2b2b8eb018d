/**
 * What is published: a {@link dev.allim.notification.Notification} with its id, its event name, its
 * key and its times. Plain values on the JDK alone; each is checked when it is made, so whoever
 * holds one may trust it.
 *
 * <p>A notification enters through a facade, is kept by {@code log}, fanned out by {@code hub} and
 * encoded by {@code sse}; none of them changes it.
 */
@NullMarked
package dev.allim.notification;

import org.jspecify.annotations.NullMarked;
