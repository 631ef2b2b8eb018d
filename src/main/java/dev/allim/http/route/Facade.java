package dev.allim.http.route;

import java.util.Map;
import java.util.Optional;

/**
 * What a facade tells the door of itself. Each is a bean, so that the door finds all of them.
 *
 * @param path where it is, under the root of the server, without a slash at its end; what follows
 *     after a slash belongs to it, too
 * @param usage in words, for whoever asks for what is not there: "listen with GET at /here"
 * @param methods that it knows, as an {@code Allow} header lists them
 * @param advice what it would accept, for the statuses with which JAX-RS refuses a request
 */
public record Facade(String path, String usage, String methods, Map<Integer, String> advice) {
  /** Copies what may be changed. */
  public Facade {
    advice = Map.copyOf(advice);
  }

  /** Whether a path as it was sent belongs to this facade. */
  public boolean owns(String sent) {
    return sent.equals(path) || below(sent).isPresent();
  }

  /** What a path as it was sent says behind this facade's own and a slash. */
  public Optional<String> below(String sent) {
    int slash = path.length();
    return sent.length() > slash && sent.startsWith(path) && sent.charAt(slash) == '/'
        ? Optional.of(sent.substring(slash + 1))
        : Optional.empty();
  }

  /** What would have been accepted in place of a request that was refused with this status. */
  public Optional<String> adviceFor(int status) {
    return Optional.ofNullable(advice.get(status));
  }
}
