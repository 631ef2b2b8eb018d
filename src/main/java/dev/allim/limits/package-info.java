/**
 * How much one publisher may ask of the hub over time, so that another finds it as fast as ever.
 */
@NullMarked
package dev.allim.limits;

import org.jspecify.annotations.NullMarked;
