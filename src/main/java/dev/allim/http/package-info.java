/**
 * The door: what every facade over HTTP shares. Request targets and bodies are read strictly and
 * within limits, and become domain values; whatever is wrong with them becomes an RFC 9457 problem
 * in {@link dev.allim.http.problem.ProblemMapper}.
 *
 * <p>A facade is a package of its own, a neighbour of the others. It tells the door with a {@link
 * dev.allim.http.route.Facade} where it is and what it takes; the door knows none by name.
 */
@NullMarked
package dev.allim.http;

import org.jspecify.annotations.NullMarked;
