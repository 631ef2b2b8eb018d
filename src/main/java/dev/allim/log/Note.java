package dev.allim.log;

import java.time.Instant;

/**
 * A short text that is kept beside the notifications.
 *
 * @param board with what others it belongs together: lower-case letters
 * @param name by which it is known there: letters, digits and signs, none of them a space
 * @param text what it says
 * @param until when it is forgotten
 */
public record Note(String board, String name, String text, Instant until) {}
