/**
 * The tools of the program: what is typed beside {@code allim serve}. None of them starts the hub;
 * they talk to one over HTTP like everybody else, so that each starts in a moment.
 */
@NullMarked
package dev.allim.cli;

import org.jspecify.annotations.NullMarked;
