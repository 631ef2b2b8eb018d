package dev.allim.notification;

/**
 * What a CloudEvent says of itself for which a notification has no field: its source, its subject,
 * its own time, the type of its data, and what extensions it has. The hub makes nothing of it, and
 * hands it back to whoever asks for CloudEvents.
 *
 * @param json the attributes as an object in JSON, whose values are strings, whole numbers and
 *     booleans, on one line
 */
public record EventContext(String json) {}
