/**
 * What is kept how long: the rules, how much is kept under each, the sweep from time to time, and
 * which ids were let go. The engines delete, each in its own way.
 */
@NullMarked
package dev.allim.log.retention;

import org.jspecify.annotations.NullMarked;
