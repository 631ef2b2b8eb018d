package dev.allim.mercure;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Whether the hub speaks Mercure, to whom, and whose tokens count there. */
@ConfigMapping(prefix = "allim.mercure")
public interface MercureConfig {
  /**
   * Whether there is a Mercure hub at {@code /.well-known/mercure}. By default if one of its keys
   * is set.
   */
  Optional<Boolean> enabled();

  /**
   * The URL under which clients know it, such as {@code https://hub.example/.well-known/mercure}:
   * tokens of draft 08 name it as their audience, and topics may be relative to it. Without it
   * there are no tokens of draft 08.
   */
  Optional<String> url();

  /**
   * Whether draft 07 counts, too: its parameter {@code topic}, its cookie, its tokens, which need
   * not say for whom, by whom and until when they are. By default as long as there is no url.
   */
  Optional<Boolean> draft07();

  /**
   * What the tokens of Mercure's publishers are signed with: a secret of 32 bytes or more, public
   * keys in PEM, or {@code file:} and the path of a file with either. By default the keys of {@code
   * allim.auth}.
   */
  Optional<String> publisherKey();

  /** The same for the tokens of its subscribers. */
  Optional<String> subscriberKey();

  /**
   * What tokens of draft 08 that are signed with these two keys have to say in {@code iss}. Without
   * it they are none of draft 08.
   */
  Optional<String> issuer();

  /** Whether anybody may listen there to what is public, without a token. */
  @WithDefault("false")
  boolean anonymous();

  /**
   * Whether a token may come as the parameter {@code authorization} of a URL, as clients of draft
   * 07 may send it: logs and histories keep it there.
   */
  @WithDefault("false")
  boolean tokenInUrl();

  /** The cookie that may hold a token; clients of draft 07 may use {@code mercureAuthorization}. */
  @WithDefault("__Secure-mercure_access_token")
  String cookie();

  /**
   * Whether it is told who subscribes to what: as updates under the hub's own topics and by the
   * pages {@code /.well-known/mercure/subscriptions}. Each stream that begins or ends is then an
   * update for each of its matchers, with a place in the history.
   */
  @WithDefault("false")
  boolean subscriptions();

  /** Whether there is one. */
  default boolean isOn() {
    return enabled().orElse(publisherKey().isPresent() || subscriberKey().isPresent());
  }

  /** Whether it is told who subscribes. */
  default boolean tellsSubscriptions() {
    return isOn() && subscriptions();
  }

  /** Whether draft 07 counts. */
  default boolean knowsDraft07() {
    return draft07().orElse(url().isEmpty());
  }
}
