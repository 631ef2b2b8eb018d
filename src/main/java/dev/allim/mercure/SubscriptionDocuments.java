package dev.allim.mercure;

import dev.allim.mercure.topic.HubUrl;
import dev.allim.topic.Topic;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A subscription as it is told of, in updates and in pages: what was asked for in the words of
 * draft 07 in those of draft 07, everything else in those of draft 08.
 *
 * @param hub under which the topics of all subscriptions are
 */
record SubscriptionDocuments(HubUrl hub) {
  /** What is asked for by a selector of draft 07. */
  static final String TOPIC = "topic";

  static final String EXACT = "exact";
  static final String PATTERN = "urlpattern";

  /** Beneath the hub's path. */
  static final String PATH = "/subscriptions";

  static final String CONTEXT = "https://mercure.rocks/";

  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  /** Whoever makes tokens can write half a pair in JSON, and nobody can in UTF-8. */
  private static final Pattern HALF_A_PAIR = Pattern.compile("\\p{Cs}");

  /** Where all topics and pages are, as the world knows them. */
  String root() {
    return hub.path() + PATH;
  }

  /**
   * The topic under which one is told of, which is its page as well.
   *
   * @param kind of what kind the text is
   * @param subscriber whose it is
   */
  Topic topic(String kind, String text, String subscriber) {
    String ofKind = kind.equals(TOPIC) ? "" : kind + "/";
    return new Topic(root() + "/" + ofKind + encoded(text) + "/" + encoded(subscriber));
  }

  private static String encoded(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xFF);
      if (UNRESERVED.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append("%%%02X".formatted((int) c));
      }
    }
    return encoded.toString();
  }

  /**
   * What is told of one.
   *
   * @param payload in JSON
   * @param isActive whether it goes on
   */
  JsonObject document(
      String kind, String text, Optional<String> payload, String subscriber, boolean isActive) {
    JsonObject document = new JsonObject();
    String id = topic(kind, text, subscriber).name();
    if (kind.equals(TOPIC)) {
      document.put("@context", CONTEXT).put("id", id).put("type", "Subscription").put(TOPIC, text);
    } else {
      document.put("id", id).put("type", "subscription").put("match_type", kind).put("match", text);
    }
    document.put("subscriber", subscriber).put("active", isActive);
    payload.ifPresent(json -> document.put("payload", Json.decodeValue(json)));
    return document;
  }

  /** JSON that can be written in UTF-8, and says the same. */
  static String wellFormed(String json) {
    return HALF_A_PAIR
        .matcher(json)
        .replaceAll(half -> "\\\\u%04x".formatted((int) half.group().charAt(0)));
  }
}
