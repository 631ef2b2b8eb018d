/** What the tests stand on: real clients, an eye on the log, and programs that may be missing. */
@NullMarked
package dev.allim.testing;

import org.jspecify.annotations.NullMarked;
