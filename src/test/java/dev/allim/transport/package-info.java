/** The packaged program on each of its transports. */
@NullMarked
package dev.allim.transport;

import org.jspecify.annotations.NullMarked;
