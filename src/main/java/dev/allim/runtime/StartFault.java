package dev.allim.runtime;

import dev.allim.log.LogUnavailableException;
import io.smallrye.config.ConfigValidationException;
import java.net.BindException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;

/** Why the program could not start, in one line for whoever started it. */
final class StartFault {
  /** How SmallRye Config says that a value cannot be read. */
  private static final Pattern BAD_VALUE =
      Pattern.compile("config property (\\S+) with the config value \"(.*?)\".*converted[,:]? ?");

  private static final Pattern CODE = Pattern.compile("SRCFG\\d+: ");
  private static final Pattern EXCEPTION_NAME = Pattern.compile("\\b[a-z]+(\\.\\w+)+Exception: ");

  private StartFault() {}

  /** What is wrong and what would help, without a line break. */
  static String words(Throwable failure) {
    List<Throwable> causes = causes(failure);
    String words =
        causes.stream()
            .filter(StartFault::isTaken)
            .findFirst()
            .map(taken -> port())
            .or(() -> first(causes, LogUnavailableException.class).map(Throwable::getMessage))
            .or(() -> first(causes, ConfigValidationException.class).map(StartFault::invalid))
            .orElseGet(() -> root(causes.get(causes.size() - 1)));
    return words.strip().replaceAll("\\s*\\R\\s*", "; ");
  }

  private static List<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(100).toList();
  }

  private static <T extends Throwable> Optional<T> first(List<Throwable> causes, Class<T> type) {
    return causes.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  /** By its words, as the native transport has a type of its own for it. */
  private static boolean isTaken(Throwable cause) {
    return cause instanceof BindException
        || String.valueOf(cause.getMessage()).contains("Address already in use");
  }

  private static String port() {
    return "Port %s, or port %s of the management, cannot be listened on: another program has it, perhaps a hub that still drains. Wait for that one or stop it, or name another quarkus.http.port or quarkus.management.port."
        .formatted(port("quarkus.http.port", "8080"), port("quarkus.management.port", "9000"));
  }

  private static String port(String key, String otherwise) {
    return ConfigProvider.getConfig().getOptionalValue(key, String.class).orElse(otherwise);
  }

  private static String invalid(ConfigValidationException invalid) {
    return Stream.iterate(0, index -> index < invalid.getProblemCount(), index -> index + 1)
        .map(index -> value(invalid.getProblem(index).getMessage()))
        .reduce((one, other) -> one + "; " + other)
        .orElse("The configuration is not valid.");
  }

  private static String value(String problem) {
    String plain = CODE.matcher(EXCEPTION_NAME.matcher(problem).replaceAll("")).replaceAll("");
    Matcher bad = BAD_VALUE.matcher(plain);
    return bad.find()
        ? "%s=%s cannot be read: %s".formatted(bad.group(1), bad.group(2), right(plain, bad.end()))
        : plain;
  }

  private static String right(String problem, int end) {
    String reason = problem.substring(end);
    return reason.startsWith("Invalid duration")
        ? "it is no length of time; right are 500ms, 10s, 5m, 1h, 7d or PT10S"
        : reason;
  }

  private static String root(Throwable cause) {
    return Optional.ofNullable(cause.getMessage())
        .map(message -> value(message))
        .orElseGet(cause::toString);
  }
}
