package dev.allim.mercure;

import dev.allim.http.PublishOptions;
import dev.allim.topic.Topic;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a publisher sent, each field checked.
 *
 * @param topics the canonical one first
 * @param data as it was sent
 * @param id that the publisher chose
 * @param type the name of the event
 * @param retry for the browser, in milliseconds
 * @param isPrivate whether only those may see it who hold a grant for one of its topics
 */
record Update(
    List<Topic> topics,
    String data,
    Optional<String> id,
    Optional<String> type,
    OptionalLong retry,
    boolean isPrivate) {
  /** The same under an id that the hub makes. */
  Update withoutId() {
    return new Update(topics, data, Optional.empty(), type, retry, isPrivate);
  }

  PublishOptions options() {
    return new PublishOptions(
        id,
        type,
        retry,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        isPrivate);
  }
}
