package dev.allim.fuzz;

import java.util.List;
import java.util.regex.Pattern;

/** What a hub says in its log when it is at fault, whatever was sent to it. */
final class Faults {
  private static final List<String> SIGNS =
      List.of(" ERROR ", "OutOfMemoryError", "exceptionCaught() event");

  /**
   * Quarkus was sending a file to a client that had reset its stream of HTTP/2. Leaks are judged by
   * where their buffers were made.
   */
  private static final List<String> OF_OTHERS = List.of("Stream no longer exists");

  /** What begins with a date, with what belongs to it: stack traces, places of buffers. */
  private static final Pattern ENTRY = Pattern.compile("(?m)^(?=\\d{4}-\\d\\d-\\d\\d )");

  private static final String FRAMES = "dev.allim.hub.spi.Frame";

  private Faults() {}

  /** The entries of {@code output} that tell of one, and leaks of frames. */
  static List<String> in(String output) {
    return ENTRY.splitAsStream(output).filter(Faults::isOurs).toList();
  }

  private static boolean isOurs(String entry) {
    return entry.contains("LEAK: ")
        ? entry.contains(FRAMES)
        : SIGNS.stream().anyMatch(entry::contains) && OF_OTHERS.stream().noneMatch(entry::contains);
  }
}
