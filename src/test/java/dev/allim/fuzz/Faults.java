package dev.allim.fuzz;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a hub says in its log when it is at fault, whatever was sent to it. */
final class Faults {
  private static final List<String> SIGNS =
      List.of(" ERROR ", "OutOfMemoryError", "exceptionCaught() event");

  /**
   * Quarkus was sending a file to a client that had reset its stream of HTTP/2; leaks are judged by
   * where their buffers were made.
   */
  private static final List<String> OF_OTHERS = List.of("Stream no longer exists", "LEAK: ");

  /** With the places where its buffer was used, up to the next line of the log. */
  private static final Pattern LEAK =
      Pattern.compile("LEAK: (?:.*\\R)+?(?=\\d{4}-\\d\\d-\\d\\d |$)");

  private static final String FRAMES = "dev.allim.hub.spi.Frame";

  private Faults() {}

  /** The lines of {@code output} that tell of one, and leaks of frames as a whole. */
  static List<String> in(String output) {
    Stream<String> told =
        output
            .lines()
            .filter(line -> SIGNS.stream().anyMatch(line::contains))
            .filter(line -> OF_OTHERS.stream().noneMatch(line::contains));
    Stream<String> leaks =
        LEAK.matcher(output)
            .results()
            .map(MatchResult::group)
            .filter(leak -> leak.contains(FRAMES));
    return Stream.concat(told, leaks).toList();
  }
}
