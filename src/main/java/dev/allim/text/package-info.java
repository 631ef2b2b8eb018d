/**
 * Text that comes from outside, and what is said of a field that is wrong. The lowest floor: every
 * value that is made of text checks it here, so what it may hold is decided once.
 */
@NullMarked
package dev.allim.text;

import org.jspecify.annotations.NullMarked;
