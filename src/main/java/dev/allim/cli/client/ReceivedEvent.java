package dev.allim.cli.client;

/**
 * One Server-Sent Event.
 *
 * @param name its name; {@code message} if it was sent without one
 * @param data its lines, joined by line feeds
 */
public record ReceivedEvent(String name, String data) {}
