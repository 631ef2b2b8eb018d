/**
 * The Mercure protocol (draft-dunglas-mercure) on this hub: {@code /.well-known/mercure}, beside
 * {@code api} and unknown to the hub. There unless it is off, which it is as it comes.
 *
 * <p>{@link dev.allim.mercure.MercureDoor} routes requests. What they show of tokens becomes a
 * {@link dev.allim.mercure.MercureCaller}; forms become notifications ({@link
 * dev.allim.mercure.UpdateReader}) and selectors become matchers ({@link
 * dev.allim.mercure.topic.Selectors}), the same that everybody else uses: what one protocol
 * publishes the other hears.
 */
@NullMarked
package dev.allim.mercure;

import org.jspecify.annotations.NullMarked;
