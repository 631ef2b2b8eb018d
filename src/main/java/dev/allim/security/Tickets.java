package dev.allim.security;

import dev.allim.http.problem.Problem;
import dev.allim.http.problem.ProblemException;
import dev.allim.hub.TakeOvers;
import dev.allim.hub.spi.Entitlement;
import dev.allim.log.LogEngine;
import dev.allim.log.LogUnavailableException;
import dev.allim.log.Note;
import dev.allim.log.Notes;
import dev.allim.topic.Topic;
import dev.allim.topic.TopicMatcher;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Tickets that stand for a token where a browser can send neither a header nor a cookie. One is
 * good for a short time, once; then it names what it was used for, so that a stream that repeats
 * its URL resumes until the token ends. They are kept beside the history, so that another program
 * that shares it, or this one after a restart, knows them: what a ticket stands for under its hash,
 * neither the ticket nor the token. Safe for any thread; blocks on the log.
 */
@Singleton
public class Tickets {
  /** Some hundred bytes each. */
  static final int MOST = 100_000;

  private static final int BYTES = 32;
  private static final String BOARD = "tickets";
  private static final String UNIT = "tickets";

  private final Supplier<Notes> notes;
  private final TokenVerifier verifier;
  private final SecureRandom random = new SecureRandom();
  private final TakeOvers streams = new TakeOvers();
  private final Clock clock;
  private final AuthConfig.Ticket config;
  private final TicketTally tally;

  @Inject
  Tickets(Instance<LogEngine> log, TokenVerifier verifier, AuthConfig config, Clock clock) {
    this(() -> log.get().notes().orElseThrow(), verifier, config.ticket(), clock);
  }

  Tickets(Supplier<Notes> notes, TokenVerifier verifier, AuthConfig.Ticket config, Clock clock) {
    this.notes = notes;
    this.verifier = verifier;
    this.config = config;
    this.tally = new TicketTally(config.most(), config.ttl());
    this.clock = clock;
  }

  /**
   * A new one.
   *
   * @param text what to put into the URL
   * @param expires until when it has to be used
   */
  public record Issued(String text, Instant expires) {}

  /**
   * Makes one for who has shown {@code token}.
   *
   * @throws ProblemException 429 while its subject has as many as one may have, 503 while there are
   *     too many in all
   * @throws LogUnavailableException if it could not be kept
   */
  public Issued issue(AccessToken token) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Instant now = clock.instant();
    Instant end = earlier(now.plus(config.ttl()), token.expires());
    TicketText stands = new TicketText(token, false);
    count(stands, hash(text), end, now);
    if (!keep(hash(text), stands, end)) {
      throw new ProblemException(
          Problem.of(Response.Status.SERVICE_UNAVAILABLE, "There are too many tickets now")
              .withLimit(MOST, UNIT),
          Map.of(HttpHeaders.RETRY_AFTER, "10"));
    }
    return new Issued(text, end);
  }

  private void count(TicketText stands, String name, Instant end, Instant now) {
    if (tally.isDue(now)) {
      notes
          .get()
          .all(BOARD)
          .forEach(note -> tally.add(TicketText.subject(note.text()), note.name(), note.until()));
    }
    tally
        .tryAdd(TicketText.subject(stands.text()), name, end, now)
        .ifPresent(
            first -> {
              throw tooMany(Duration.between(now, first));
            });
  }

  private ProblemException tooMany(Duration wait) {
    String seconds = Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()));
    return new ProblemException(
        Problem.of(
                Response.Status.TOO_MANY_REQUESTS,
                "One subject may have %d tickets at a time (allim.auth.ticket.most): a used one until"
                        .formatted(config.most())
                    + " its token ends, another for %d s. The first is over after %s s"
                        .formatted(config.ttl().toSeconds(), seconds))
            .withLimit(config.most(), UNIT),
        Map.of(HttpHeaders.RETRY_AFTER, seconds));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private boolean keep(String name, TicketText stands, Instant until) {
    return notes.get().keep(new Note(BOARD, name, stands.text(), until), MOST);
  }

  /**
   * What it stands for, and by what its stream is known.
   *
   * @param token as far as it is for listening
   */
  record Use(AccessToken token, Used ticket) {}

  /**
   * A ticket that was used: there is one stream at a time by it at this program, the newest.
   *
   * @param streams those of all tickets
   * @param name its own
   */
  public record Used(TakeOvers streams, String name) {
    /** A stream begins by that right, and the one before it ends. */
    Entitlement takeOver(Entitlement right) {
      return streams.take(name, right);
    }
  }

  /**
   * Uses one.
   *
   * @throws TokenRefusedException if it is good for nothing any more
   * @throws LogUnavailableException if that cannot be found out now
   */
  Use use(String text) {
    String name = hash(text);
    TicketText stands =
        notes
            .get()
            .find(BOARD, name)
            .map(note -> TicketText.parse(note.text()))
            .filter(known -> verifier.knowsIssuer(known.token().issuer()))
            .orElseThrow(() -> new TokenRefusedException(Refusal.TICKET));
    if (!stands.used()) {
      keep(name, new TicketText(stands.token(), true), stands.token().expires());
    }
    return new Use(stands.token(), new Used(streams, name));
  }

  /** Whoever reads the history cannot listen with what is there. */
  private static String hash(String ticket) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(ticket.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java platform has SHA-256", impossible);
    }
  }

  /**
   * What a ticket stands for, as it is kept: a line for each thing, which begins with a letter for
   * what that is. It is for listening, so nothing else that the token grants is there.
   *
   * @param token as far as it matters
   * @param used whether the ticket names a stream already
   */
  private record TicketText(AccessToken token, boolean used) {
    private static final String BETWEEN = "\n";

    String text() {
      List<String> lines = new ArrayList<>();
      lines.add((used ? "u" : "n") + token.issuer());
      lines.add("x" + token.expires().toEpochMilli());
      token.subject().ifPresent(subject -> lines.add("s" + subject));
      token.id().ifPresent(id -> lines.add("j" + id));
      token.issued().ifPresent(made -> lines.add("i" + made.toEpochMilli()));
      token.grant().subscribe().forEach(matcher -> lines.add("g" + matcher.accept(new Written())));
      return String.join(BETWEEN, lines);
    }

    static TicketText parse(String text) {
      List<String> lines = List.of(text.split(BETWEEN));
      Set<TopicMatcher> subscribe =
          lines(lines, 'g').stream().map(TopicMatcher::parse).collect(Collectors.toSet());
      boolean used = text.startsWith("u");
      AccessToken token =
          new AccessToken(
              lines.get(0).substring(1),
              first(lines, 's'),
              first(lines, 'j'),
              first(lines, 'i').map(TicketText::instant),
              first(lines, 'x').map(TicketText::instant).orElse(Instant.EPOCH),
              new Grant(Set.of(), subscribe, false));
      return new TicketText(token, used);
    }

    /**
     * Whose it is: for whom the token is, or which it is, or at least whose all of its kind are.
     */
    static String subject(String text) {
      List<String> lines = List.of(text.split(BETWEEN));
      String whose = lines.get(0).substring(1);
      return whose
          + first(lines, 's')
              .map(subject -> "/s" + subject)
              .or(() -> first(lines, 'j').map(id -> "/j" + id))
              .orElse("");
    }

    private static Optional<String> first(List<String> lines, char kind) {
      return lines(lines, kind).stream().findFirst();
    }

    private static List<String> lines(List<String> lines, char kind) {
      return lines.stream()
          .filter(line -> !line.isEmpty() && line.charAt(0) == kind)
          .map(line -> line.substring(1))
          .toList();
    }

    private static Instant instant(String millis) {
      return Instant.ofEpochMilli(Long.parseLong(millis));
    }

    /** As {@link TopicMatcher#parse} reads it. */
    static final class Written implements TopicMatcher.Cases<String> {
      @Override
      public String anyTopic() {
        return "*";
      }

      @Override
      public String exactTopic(Topic topic) {
        return topic.name();
      }

      @Override
      public String template(TopicMatcher.Template template) {
        return template.template().toString();
      }
    }
  }
}
