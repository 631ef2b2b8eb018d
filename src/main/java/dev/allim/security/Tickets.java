package dev.allim.security;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tickets that stand for a token where a browser can send neither a header nor a cookie. One is
 * good for a short time, once; then it names what it was used for, so that a stream that repeats
 * its URL resumes until the token ends. Known to this program alone, until it ends. Safe for any
 * thread.
 */
@Singleton
public class Tickets {
  /** Some hundred bytes each. */
  private static final int MOST = 100_000;

  private static final int BYTES = 32;

  private final Map<String, Ticket> known = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();
  private final Clock clock;
  private final Duration ttl;

  /** What a ticket stands for; {@code until} is when it has to be used, absent once it was. */
  private record Ticket(AccessToken token, Optional<Instant> until) {
    boolean isOver(Instant now) {
      return !token.expires().isAfter(now) || until.filter(end -> !end.isAfter(now)).isPresent();
    }
  }

  @Inject
  Tickets(AuthConfig config, Clock clock) {
    this(config.ticket().ttl(), clock);
  }

  Tickets(Duration ttl, Clock clock) {
    this.ttl = ttl;
    this.clock = clock;
  }

  /**
   * A new one.
   *
   * @param text what to put into the URL
   * @param expires until when it has to be used
   */
  public record Issued(String text, Instant expires) {}

  /** Makes one for who has shown {@code token}; absent while there are too many. */
  public Optional<Issued> issue(AccessToken token) {
    if (known.size() >= MOST) {
      return Optional.empty();
    }
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Instant end = clock.instant().plus(ttl);
    known.put(text, new Ticket(token, Optional.of(end)));
    return Optional.of(new Issued(text, end));
  }

  /** What it stands for, if it is still good for something. */
  Optional<AccessToken> use(String text) {
    Instant now = clock.instant();
    return Optional.ofNullable(
            known.computeIfPresent(
                text,
                (same, ticket) ->
                    ticket.isOver(now) ? null : new Ticket(ticket.token(), Optional.empty())))
        .map(Ticket::token);
  }

  @Scheduled(every = "10s", delayed = "10s")
  void forget() {
    Instant now = clock.instant();
    known.values().removeIf(ticket -> ticket.isOver(now));
  }
}
