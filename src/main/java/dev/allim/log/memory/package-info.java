/**
 * The log that ends with the program: the newest notifications, bounded in count and in bytes. For
 * development, for tests, and for those who need no history.
 */
@NullMarked
package dev.allim.log.memory;

import org.jspecify.annotations.NullMarked;
