package dev.allim.cli;

import dev.allim.text.InvalidFieldException;
import dev.allim.text.PlainText;
import dev.allim.topic.TopicMatcher;
import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a token with the key of the configuration. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Make a token with the hub's own secret, and print it.",
      "The secret is what the hub is given: $$ALLIM_AUTH_SECRET, -Dallim.auth.secret or",
      "config/application.properties. Whoever holds the token may do what it grants",
      "until its time is over."
    },
    footer = {
      "",
      "  allim token --publish 'orders/{id}' --ttl 1h",
      "  allim token --subscribe 'users/42/{+rest}' --sub 42 --ttl 12h",
      "  allim token --subscribe alerts --sub kiosk --id kiosk-7 --ttl 30d",
      "  ALLIM_TOKEN=$(allim token --publish '*') allim pub orders/42 shipped"
    })
final class TokenCommand implements Runnable {
  private static final int LONGEST_ID = 255;
  private static final Duration LONGEST = Duration.ofDays(3650);

  @Spec
  @SuppressWarnings("NullAway.Init") // by picocli, before anything is run
  private CommandSpec spec;

  @Option(
      names = "--publish",
      paramLabel = "TOPIC",
      description = "May publish there: a topic, a template or '*'; may be given again.")
  private List<String> publish = new ArrayList<>();

  @Option(
      names = "--subscribe",
      paramLabel = "TOPIC",
      description = "May see what is private there; may be given again.")
  private List<String> subscribe = new ArrayList<>();

  @Option(names = "--admin", description = "May revoke tokens and see who is there.")
  private boolean admin;

  @Option(names = "--sub", paramLabel = "NAME", description = "Whose it is.")
  private Optional<String> subject = Optional.empty();

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = {
        "Its jti, by which this one can be revoked; random",
        "otherwise, and 'allim doctor' says which."
      })
  private Optional<String> id = Optional.empty();

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      defaultValue = "1h",
      description = "How long it is good: 15m, 12h, 30d; ${DEFAULT-VALUE} otherwise.")
  private String ttl = "1h";

  @Override
  public void run() {
    SigningKey key = SigningKey.configured();
    spec.commandLine().getOut().println(key.sign(claims(key.claim())));
  }

  private JwtClaims claims(String name) {
    JwtClaims claims = new JwtClaims();
    Instant now = Instant.now();
    id.ifPresentOrElse(chosen -> claims.setJwtId(checked(chosen)), claims::setGeneratedJwtId);
    claims.setIssuedAt(NumericDate.fromMilliseconds(now.toEpochMilli()));
    claims.setExpirationTime(NumericDate.fromMilliseconds(now.plus(lifetime()).toEpochMilli()));
    subject.ifPresent(claims::setSubject);
    claims.setClaim(name, grants());
    return claims;
  }

  private Duration lifetime() {
    try {
      Duration lifetime = DurationConverter.parseDuration(ttl);
      if (lifetime.isNegative() || lifetime.isZero() || lifetime.compareTo(LONGEST) > 0) {
        throw Tools.misused(spec, "--ttl must be more than nothing and at most 3650d");
      }
      return lifetime;
    } catch (IllegalArgumentException malformed) {
      throw Tools.misused(spec, "--ttl must be a length of time such as 15m, 12h or 30d");
    }
  }

  private Map<String, Object> grants() {
    Map<String, Object> grants = new LinkedHashMap<>();
    grants.put("publish", checked("--publish", publish));
    grants.put("subscribe", checked("--subscribe", subscribe));
    if (admin) {
      grants.put("admin", true);
    }
    return grants;
  }

  /** What a revocation can name. */
  private String checked(String chosen) {
    try {
      if (chosen.isEmpty() || chosen.length() > LONGEST_ID) {
        throw Tools.misused(spec, "--id must have 1 to %d characters".formatted(LONGEST_ID));
      }
      return PlainText.require("--id", chosen);
    } catch (InvalidFieldException unfit) {
      throw Tools.misused(spec, unfit.getMessage());
    }
  }

  private List<String> checked(String option, List<String> topics) {
    try {
      topics.forEach(TopicMatcher::parse);
      return topics;
    } catch (InvalidFieldException malformed) {
      throw Tools.misused(spec, option + ": " + malformed.getMessage());
    }
  }
}
