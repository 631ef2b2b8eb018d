/**
 * A facade over HTTP: one resource, {@code /events}; GET it to listen, POST to it to publish.
 *
 * <p>JAX-RS has the streams, the pages and the documents; what is published to one topic as it is
 * comes in by {@link dev.allim.api.TopicDoor}, in front of it. Both go through {@link
 * dev.allim.api.Publishing}.
 *
 * <p>Requests become domain values in one place, {@link dev.allim.api.NotificationReader}; whatever
 * is wrong with them becomes an RFC 9457 problem in one other, {@link
 * dev.allim.http.problem.ProblemMapper}. What gets past both is handed to the hub and trusted from
 * there on.
 */
@NullMarked
package dev.allim.api;

import org.jspecify.annotations.NullMarked;
