package dev.allim.testing;

/**
 * An event as a browser's {@code EventSource} hands it to a page.
 *
 * @param type the event name, {@code message} for an unnamed one
 * @param data the lines of the data, joined by LF
 * @param lastEventId the last id seen up to and including this event, empty if there was none
 */
public record ReceivedEvent(String type, String data, String lastEventId) {}
