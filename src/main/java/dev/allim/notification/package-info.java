/**
 * The domain: what is published, under which name, and who asks for it. Plain values on the JDK
 * alone; each is checked when it is made, so whoever holds one may trust it.
 *
 * <p>A {@link dev.allim.notification.Notification} enters here from the API, is stored by {@code
 * history}, fanned out by {@code hub} and encoded by {@code sse}; none of them changes it.
 */
@NullMarked
package dev.allim.notification;

import org.jspecify.annotations.NullMarked;
