package dev.allim.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/**
 * An answer that is no success.
 *
 * @param status its HTTP status
 * @param words what it says, in one line
 */
public record Refusal(int status, String words) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TOO_MANY = 429;
  private static final int TIMEOUT = 408;
  private static final int SERVER = 500;
  private static final int MOST_CHARACTERS = 300;

  /** Reads a problem (RFC 9457); whatever else answered may be a proxy's page. */
  public static Refusal of(int status, String body) {
    return new Refusal(status, "%d %s".formatted(status, detail(body).orElse(plain(body))).strip());
  }

  private static Optional<String> detail(String body) {
    try {
      JsonNode problem = JSON.readTree(body);
      return Optional.of(problem.path("detail").asText()).filter(text -> !text.isEmpty());
    } catch (JsonProcessingException other) {
      return Optional.empty();
    }
  }

  private static String plain(String body) {
    String line = body.replaceAll("\\s+", " ");
    return line.substring(0, Math.min(line.length(), MOST_CHARACTERS));
  }

  /** Whether the same request may be answered otherwise after a while. */
  public boolean passes() {
    return status == TOO_MANY || status == TIMEOUT || status >= SERVER;
  }

  public CommandFailedException exception() {
    return passes() ? CommandFailedException.failed(words) : CommandFailedException.refused(words);
  }
}
