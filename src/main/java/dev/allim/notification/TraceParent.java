package dev.allim.notification;

import dev.allim.text.InvalidFieldException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place in a distributed trace from which something was published, so that whoever reads it can
 * continue the trace: the {@code traceparent} of W3C Trace Context, level 1.
 *
 * @param value of version 00: the trace, the span in it and the flags
 */
public record TraceParent(String value) {
  private static final Pattern VERSION_00 =
      Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

  /** What of a newer version this one understands stands first in it. */
  private static final Pattern NEWER = Pattern.compile("(?!00|ff)[0-9a-f]{2}(-.{52})(?:-.*)?");

  /** Checks the value; see the class for the rules. */
  public TraceParent {
    if (!VERSION_00.matcher(value).matches()) {
      throw new InvalidFieldException(
          "traceparent", "traceparent must be 00-{32 hex}-{16 hex}-{2 hex} in lower case");
    }
  }

  /**
   * Understands the header, if it can be: it comes from whatever stands between publisher and hub,
   * and no publish should fail for it.
   */
  public static Optional<TraceParent> parse(String header) {
    Matcher newer = NEWER.matcher(header);
    String value = newer.matches() ? "00" + newer.group(1) : header;
    return VERSION_00.matcher(value).matches()
        ? Optional.of(new TraceParent(value))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
