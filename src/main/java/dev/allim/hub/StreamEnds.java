package dev.allim.hub;

import dev.allim.notification.Interest;
import org.jboss.logging.Logger;

/** The log of streams that ended: a line for each, at INFO if an operator wants to know of it. */
final class StreamEnds {
  private static final Logger LOG = Logger.getLogger("dev.allim.streams");

  private StreamEnds() {}

  static void log(DisconnectCause cause, Interest interest) {
    Logger.Level level = cause.noteworthy() ? Logger.Level.INFO : Logger.Level.DEBUG;
    if (LOG.isEnabled(level)) {
      LOG.logf(level, "A stream ended cause=%s matchers=%d", cause, interest.matchers().size());
    }
  }
}
