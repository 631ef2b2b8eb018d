/**
 * What the hub is told to be like, and how much it may hold: values that the configuration is
 * turned into, once, at the start.
 */
@NullMarked
package dev.allim.hub.settings;

import org.jspecify.annotations.NullMarked;
