package dev.allim.mercure;

import dev.allim.testing.Tokens;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The hubs that tests talk Mercure to, and the tokens that count there. */
final class MercureHubs {
  static final String HUB = "https://hub.example.com/.well-known/mercure";
  static final String ISSUER = "https://app.example";
  static final String PAGE = "https://page.example";
  static final String PUBLISHER_KEY = "the key of publishers, which is long enough";
  static final String SUBSCRIBER_KEY = "the key of subscribers, which is long enough";

  private MercureHubs() {}

  private static Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("allim.mercure.publisher-key", PUBLISHER_KEY);
    settings.put("allim.mercure.subscriber-key", SUBSCRIBER_KEY);
    settings.put("allim.mercure.url", HUB);
    settings.put("allim.mercure.issuer", ISSUER);
    settings.put("allim.publish.open", "false");
    settings.put("allim.auth.cookie.origins", PAGE);
    settings.put("allim.demo.enabled", "false");
    settings.put("quarkus.http.cors.enabled", "true");
    settings.put("quarkus.http.cors.origins", PAGE);
    settings.put("quarkus.http.cors.access-control-allow-credentials", "true");
    return settings;
  }

  /** Speaks both drafts, to anybody. */
  public static class Both implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> settings = settings();
      settings.put("allim.mercure.draft07", "true");
      settings.put("allim.mercure.anonymous", "true");
      settings.put("allim.mercure.token-in-url", "true");
      return settings;
    }
  }

  /** Speaks both drafts and tells who subscribes; its other doors have a key of their own. */
  public static class Telling implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> settings = settings();
      settings.put("allim.mercure.draft07", "true");
      settings.put("allim.mercure.anonymous", "true");
      settings.put("allim.mercure.subscriptions", "true");
      settings.put("allim.auth.secret", Tokens.SECRET);
      settings.put("allim.presence.grace", "100ms");
      return settings;
    }
  }

  /** Speaks draft 08 alone, to nobody without a token. */
  public static class Strict implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return settings();
    }
  }

  // ---- tokens of draft 08

  private static Tokens current(String key) {
    return Tokens.signed("HS256", Tokens.secret(key))
        .header("typ", "at+jwt")
        .with("iss", ISSUER)
        .with("aud", HUB)
        .lasting(Duration.ofMinutes(5), Instant.now());
  }

  static Tokens publisher() {
    return current(PUBLISHER_KEY);
  }

  static Tokens publisher(String... topics) {
    return publisher().with("authorization_details", List.of(detail("publish", topics)));
  }

  static Tokens subscriber() {
    return current(SUBSCRIBER_KEY);
  }

  static Tokens subscriber(String... topics) {
    return subscriber().with("authorization_details", List.of(detail("subscribe", topics)));
  }

  /** For topics as they are written. */
  static Map<String, Object> detail(String action, String... topics) {
    return details(
        List.of(action), Stream.of(topics).map(topic -> Map.of("match", topic)).toList());
  }

  static Map<String, Object> details(Object actions, Object topics) {
    return Map.of(
        "type", "https://mercure.rocks/authorization-detail", "actions", actions, "topics", topics);
  }

  /** For topics that a URL pattern takes. */
  static Map<String, Object> patternDetail(String action, String pattern) {
    return details(List.of(action), List.of(Map.of("match", pattern, "match_type", "urlpattern")));
  }

  /** By whoever may know of all subscriptions, in draft 08. */
  static Tokens watcher() {
    return subscriber()
        .with(
            "authorization_details",
            List.of(patternDetail("subscribe", "/.well-known/mercure/subscriptions{/*}?")));
  }

  // ---- tokens of draft 07

  static Tokens oldPublisher(String... selectors) {
    return Tokens.signed("HS256", Tokens.secret(PUBLISHER_KEY))
        .with("mercure", Map.of("publish", List.of(selectors)));
  }

  static Tokens oldSubscriber(String... selectors) {
    return Tokens.signed("HS256", Tokens.secret(SUBSCRIBER_KEY))
        .with("mercure", Map.of("subscribe", List.of(selectors)));
  }
}
