/**
 * Nothing is lost: the packaged program is killed, stopped and read slowly, and loses nothing
 * silently.
 */
@NullMarked
package dev.allim.recovery;

import org.jspecify.annotations.NullMarked;
