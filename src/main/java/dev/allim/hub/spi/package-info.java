/**
 * What others implement for the hub or hand to it: the wire, the loop, the encoder, the listener,
 * and the values that publishing and subscribing are asked with. Depends on values only.
 */
@NullMarked
package dev.allim.hub.spi;

import org.jspecify.annotations.NullMarked;
