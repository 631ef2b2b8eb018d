package dev.allim.bench.load;

/**
 * Where a server on this machine listens.
 *
 * @param port the TCP port
 * @param streamPath path of a stream to GET
 * @param post how to publish for that stream
 */
public record Target(int port, String streamPath, Post post) {
  /** Where to read on behind this id, of a hub. */
  public String streamBehind(String id) {
    return streamPath + (streamPath.indexOf('?') < 0 ? '?' : '&') + "last_event_id=" + id;
  }

  /** The same, published to with another header. */
  public Target publishingWith(String header) {
    return new Target(port, streamPath, post.with(header));
  }
}
