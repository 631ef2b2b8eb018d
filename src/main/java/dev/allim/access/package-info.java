/**
 * What becomes of tokens: a ticket that stands for one, and the tokens that an administrator takes
 * back.
 */
@NullMarked
package dev.allim.access;

import org.jspecify.annotations.NullMarked;
