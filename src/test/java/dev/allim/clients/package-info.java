/**
 * The packaged hub read by clients that others wrote, in the languages that they wrote them for.
 */
@NullMarked
package dev.allim.clients;

import org.jspecify.annotations.NullMarked;
