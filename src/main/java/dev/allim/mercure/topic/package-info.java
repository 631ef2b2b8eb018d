/**
 * Topics in Mercure's words: what is relative to the hub's URL, and selectors and patterns as
 * matchers ({@link dev.allim.mercure.topic.Selectors}).
 */
@NullMarked
package dev.allim.mercure.topic;

import org.jspecify.annotations.NullMarked;
