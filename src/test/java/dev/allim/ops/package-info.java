/** What operators are promised, tried on a running hub. */
@NullMarked
package dev.allim.ops;

import org.jspecify.annotations.NullMarked;
