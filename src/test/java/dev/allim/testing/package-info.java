/** What tests of several packages share. */
@NullMarked
package dev.allim.testing;

import org.jspecify.annotations.NullMarked;
