/**
 * How the tools speak to a hub over HTTP: what they ask, the streams they read, and what they say
 * when a hub refuses, fails or cannot be reached.
 */
@NullMarked
package dev.allim.cli.client;

import org.jspecify.annotations.NullMarked;
