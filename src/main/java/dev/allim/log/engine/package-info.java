/**
 * What every engine needs besides: those who follow it in this program are told in turn, and the
 * times it gives never run back.
 */
@NullMarked
package dev.allim.log.engine;

import org.jspecify.annotations.NullMarked;
