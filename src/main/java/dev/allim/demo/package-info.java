/**
 * Notifications to look at: the feed that the hub was born from. It publishes through the hub like
 * anybody else, and is off in production.
 */
@NullMarked
package dev.allim.demo;

import org.jspecify.annotations.NullMarked;
