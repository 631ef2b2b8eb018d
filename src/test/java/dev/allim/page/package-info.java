/**
 * The page in a real browser, against the packaged program in a process of its own, so that it can
 * be stopped and started again as it is in life.
 */
@NullMarked
package dev.allim.page;

import org.jspecify.annotations.NullMarked;
