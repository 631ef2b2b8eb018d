/** Requests that nobody in their right mind sends, beside those of honest clients. */
@NullMarked
package dev.allim.fuzz;

import org.jspecify.annotations.NullMarked;
