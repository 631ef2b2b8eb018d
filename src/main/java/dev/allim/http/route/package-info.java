/**
 * Where a request goes: its target as it was sent, not as a framework has cleaned it up, and the
 * facade that it belongs to.
 */
@NullMarked
package dev.allim.http.route;

import org.jspecify.annotations.NullMarked;
