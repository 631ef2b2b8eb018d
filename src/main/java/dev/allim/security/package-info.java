/**
 * Who may do what: tokens that requests carry are verified with configured keys, and become a
 * {@link dev.allim.security.Caller}, whose grants are an {@link dev.allim.topic.Audience} to the
 * hub. No token gets behind this package, nor into any log.
 */
@NullMarked
package dev.allim.security;

import org.jspecify.annotations.NullMarked;
